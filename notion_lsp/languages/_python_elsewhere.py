"""Functions of Python whose text runs elsewhere, without what their module imports."""

_APART = """
  (#set! reason "This function runs without the module's imports: read the variable inside it.")
"""

ELSEWHERE = rf"""
((decorated_definition
  ; Airflow writes such a function out, and so does Kubeflow.
  (decorator) @_task definition: (function_definition) @fixed)
  (#match? @_task
    "[.](branch_)?(virtualenv|external_python|docker|kubernetes|venv)\\b|^@(kfp[.])?(v2[.])?(dsl|components)[.](container_)?component\\b|^@component[(][^)]*(base_image|packages_to_install)")
{_APART})
((decorated_definition
  ; What compiles a function knows no module but its own.
  (decorator) @_compiler definition: (function_definition) @fixed)
  (#match? @_compiler
    "^@([.a-z]+[.])?(njit|cuda[.]jit|jit[.]script|jit_module|guvectorize)\\b|^@(numba|nb|triton)[.]jit\\b|^@ti[.](kernel|func)\\b")
  (#set! reason "A function that is compiled cannot ask: hand the token over as an argument."))
((function_definition name: (identifier) @handed) @fixed
{_APART})
((call function: (_) @_operator
  arguments: (argument_list (keyword_argument name: (identifier) @_name value: (lambda) @fixed)))
  (#match? @_operator "(Virtualenv|ExternalPython)\w*Operator$") (#eq? @_name "python_callable")
{_APART})
"""

HANDED = r"""
((call function: (_) @_operator
  arguments: (argument_list
    (keyword_argument name: (identifier) @_name value: (identifier) @handed)))
  (#match? @_operator "(Virtualenv|ExternalPython)\w*Operator$")
  (#any-of? @_name "python_callable"))
((call function: (_) @_takes arguments: (argument_list . (identifier) @handed))
  ; Kubeflow, and what sends a function's source by itself.
  (#match? @_takes
    "(^|[.])(create_component_from_func|func_to_container_op|getsource(lines)?|njit)$"))
"""
