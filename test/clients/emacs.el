;;; The language server as eglot meets it. Started by scripts/editors.mjs in a repository of its own.  -*- lexical-binding: t -*-

(dolist (folder (file-expand-wildcards "/usr/share/emacs/site-lisp/elpa-src/*")) (add-to-list 'load-path folder))
(require 'eglot)
(require 'flymake)

;; The lines that the handbook shows.
(load (getenv "INQUEST_SETUP") nil t t)

(defun inquest-check (holds what)
  (unless holds (error "%s" what))
  (princ (format "ok    Emacs: %s\n" what)))

(defun inquest-wait (what holds)
  (let ((left 400))
    (while (and (not (funcall holds)) (> left 0))
      (accept-process-output nil 0.05)
      (setq left (1- left)))
    (unless (funcall holds) (error "nothing came of it: %s" what))))

(defun inquest-texts ()
  (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))

(setq backtrace-on-error-noninteractive nil)

(condition-case fault
    (progn
      (setq eglot-autoshutdown nil eglot-sync-connect 20 eglot-connect-timeout 20 make-backup-files nil create-lockfiles nil)
      (find-file "docs/INVESTIGATION-INV-001-rows.md")
      (text-mode)
      (setq-local eldoc-documentation-functions nil)
      (apply #'eglot (eglot--guess-contact))
      (let ((server (eglot-current-server)))
        (inquest-check server "the server starts")
        (flymake-mode 1)
        (flymake-start)
        (inquest-wait "findings" (lambda () (seq-some (lambda (text) (string-match-p "`H2` has no verdict" text)) (inquest-texts))))
        (inquest-check t "a hypothesis without a verdict is shown")
        (goto-char (point-min))
        (search-forward "| H1 | **CONFIRMED**")
        (end-of-line)
        (insert "\n| H2 | **REFUTED** | The encoder stops | High |")
        (eglot--signal-textDocument/didChange)
        (inquest-wait "a clean document" (lambda () (flymake-start) (null (inquest-texts))))
        (inquest-check t "with a verdict in it nothing is found any more")
        (let* ((process (jsonrpc--process server)) (status nil))
          ;; What eglot-shutdown does, without killing the process right behind the last message.
          (setf (eglot--inhibit-autoreconnect server) t)
          (jsonrpc-request server :shutdown eglot--{} :timeout 10)
          (jsonrpc-notify server :exit eglot--{})
          (inquest-wait "the end of the server" (lambda () (not (process-live-p process))))
          (setq status (process-exit-status process))
          (inquest-check (equal status 0) "the server ends when it is told to, with status 0")))
      (set-buffer-modified-p nil)
      (kill-emacs 0))
  (error
   (princ (format "FAIL  Emacs: %s\n" (error-message-string fault)))
   (kill-emacs 1)))
