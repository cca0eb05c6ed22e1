;;; What a person does in Emacs, with eglot or lsp-mode, with a token in a file.  -*- lexical-binding: t -*-

(require 'flymake)

(defun wait (condition)
  "Wait until CONDITION holds, or for 20 seconds."
  (let ((end (+ (float-time) 20)))
    (while (and (not (funcall condition)) (< (float-time) end))
      (accept-process-output nil 0.02))))

(defun diagnostics ()
  "Return the diagnostics of this buffer, the first one first."
  (sort (seq-filter #'flymake-diagnostic-beg (flymake-diagnostics))
        (lambda (one other) (< (flymake-diagnostic-beg one) (flymake-diagnostic-beg other)))))

(defun wait-for-diagnostics (count)
  "Wait until this buffer has COUNT diagnostics, as the display shows them."
  (wait (lambda ()
          (flymake-start nil) ; a batch has no idle time, nor a window, to start it
          (and (= count (length (diagnostics)))
               (seq-every-p (lambda (each) (string-prefix-p "ntn_" (covered each)))
                            (diagnostics))))))

(defun covered (diagnostic)
  "Return the text under DIAGNOSTIC, which may be older than the buffer."
  (buffer-substring-no-properties (min (point-max) (flymake-diagnostic-beg diagnostic))
                                  (min (point-max) (flymake-diagnostic-end diagnostic))))

(defun see (step &optional titles)
  "Write down what is seen after STEP, and the TITLES of a menu."
  (let ((seen `((step . ,step)
                (titles . ,(vconcat titles))
                (diagnostics
                 . ,(vconcat (mapcar (lambda (each)
                                       `((covers . ,(covered each))
                                         (severity . ,(symbol-name (flymake-diagnostic-type each)))))
                                     (diagnostics))))
                (lines . ,(vconcat (split-string (buffer-substring-no-properties
                                                   (point-min) (point-max))
                                                  "\n"))))))
    (write-region (concat (decode-coding-string (json-serialize seen) 'utf-8) "\n")
                  nil (getenv "SEEN") 'append)))

(defun tell ()
  "Tell the server of what was typed, as the command loop does when it is idle."
  (if (bound-and-true-p eglot--managed-mode)
      (eglot--signal-textDocument/didChange)
    (run-hooks 'post-command-hook)))

(defvar titles nil "What the menu listed.")

(defun choose (_prompt collection &rest _)
  "Choose from COLLECTION what begins with the title asked for."
  (setq titles (all-completions "" collection))
  (seq-find (lambda (each) (string-prefix-p (getenv "TITLE") each)) titles))

(defun drive ()
  "Leak, type, fix, save."
  (find-file (getenv "FILE"))
  (run-hooks 'post-command-hook) ; as the command loop does, which a batch has not
  (wait-for-diagnostics 2)
  (see "opened")
  (let ((start (flymake-diagnostic-beg (car (diagnostics)))))
    ;; Without the underscore of its prefix it is no token.
    (goto-char (+ start 3))
    (delete-char 1)
    (tell)
    (wait-for-diagnostics 1)
    (see "broken")
    (insert "_")
    (tell)
    (wait-for-diagnostics 2)
    (see "completed")
    (goto-char (+ start 5)))
  (save-buffer)
  (advice-add 'completing-read :override #'choose)
  ;; lsp-mode 8 edits new files before it makes them, so Emacs asks whether to go on: yes.
  (advice-add 'ask-user-about-supersession-threat :override #'ignore)
  (dolist (question '(yes-or-no-p y-or-n-p))
    (advice-add question :override #'always))
  (if (bound-and-true-p eglot--managed-mode)
      (call-interactively #'eglot-code-actions)
    (call-interactively #'lsp-execute-code-action))
  (wait (lambda () (seq-some (lambda (each) (and (buffer-file-name each) (buffer-modified-p each)))
                             (buffer-list))))
  (see "fixed" titles)
  (save-some-buffers t)
  (set-buffer-modified-p t)
  (save-buffer)
  (tell)
  (wait-for-diagnostics 1)
  (see "saved"))

(setq lsp-auto-guess-root t ; the answer to lsp-mode's question at the first file of a project
      make-backup-files nil
      last-nonmenu-event ?\r) ; a key, not the mouse
(drive)
