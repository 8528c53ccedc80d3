from __future__ import annotations

from django.urls import path

from xiaoneng.programme.views import documents, drafts, programmes, tasks

app_name = "programme"
urlpatterns = [
    path("import/", drafts.drafts, name="drafts"),
    path("import/<int:pk>/", drafts.review, name="draft"),
    path("import/<int:pk>/header/", drafts.header, name="draft_header"),
    path("import/<int:pk>/units/", drafts.units, name="draft_units"),
    path("import/<int:pk>/task/<int:number>/", drafts.task, name="draft_task"),
    path("import/<int:pk>/targets/<int:number>/", drafts.targets, name="draft_targets"),
    path("import/<int:pk>/finding/<int:index>/", drafts.finding, name="draft_finding"),
    path("import/<int:pk>/difference/", drafts.difference, name="draft_difference"),
    path("import/<int:pk>/file/", documents.draft_file, name="draft_file"),
    path("import/<int:pk>/start/", drafts.start, name="draft_start"),
    path("import/<int:pk>/discard/", drafts.discard, name="draft_discard"),
    path("<int:pk>/", programmes.programme, name="programme"),
    path("<int:pk>/close/", programmes.close, name="close"),
    path("<int:pk>/document/<int:number>/", documents.document, name="document"),
    path("<int:pk>/document/<int:number>/file/", documents.document_file, name="document_file"),
    path("<int:pk>/tasks.xlsx", programmes.export, name="export"),
    path("finding/<int:pk>/", programmes.finding, name="finding"),
    path("task/<int:pk>/", tasks.task, name="task"),
    path("task/<int:pk>/progress/", tasks.progress, name="task_progress"),
    path("task/<int:pk>/comment/", tasks.comment, name="task_comment"),
    path("task/<int:pk>/evidence/", tasks.evidence, name="task_evidence"),
    path("task/<int:pk>/step/", tasks.step, name="task_step"),
    path("task/<int:pk>/handler/", tasks.handler, name="task_handler"),
    path("task/<int:pk>/targets/", tasks.targets, name="task_targets"),
    path("task/<int:pk>/deadline/", tasks.deadline, name="task_deadline"),
    path("evidence/<int:pk>/", documents.evidence_file, name="evidence_file"),
]
