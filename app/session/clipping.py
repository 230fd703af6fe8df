"""Cutting a clip for the library out of a session, in a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.coach.cutting import span_of
from app.errors import AppError
from app.session.child import run_in_child
from app.session.handing_over_figure import write_figure
from app.session.importing_film import write_recording

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.store.clips import Clip, Release
    from app.store.files import SessionFiles
    from app.store.store import Store


def release_clip(
    store: Store,
    person_id: str,
    release: Release,
    *,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Clip:
    """Cut a clip and put it into the library.

    Raises
    ------
    AppError
        Where the session or its recording is gone or somebody else's, or the disk is full.
    Cancelled
        When `cancelled` said so; nothing is in the library then.
    """
    clips, source = store.clips, store.files(release.session_id)
    clips.check(person_id, release)
    source.recording_or_tell()
    if release.with_picture and not store.session(release.session_id).keep_policy.keeps_picture:
        raise AppError(
            "No picture was kept of this session.", "Show the clip with voice and stick figure."
        )
    clip_id = clips.new_id()
    target = clips.files(clip_id)
    try:
        run_in_child(
            cut_job, source, target, release.start_s, release.end_s,
            release.with_picture, progress=progress, cancelled=cancelled,
        )  # fmt: skip
        if not target.has_recording:
            raise AppError(
                "There is nothing in this stretch that could be kept.", "Choose another stretch."
            )
        return clips.release(clip_id, person_id, release)
    except BaseException:
        target.delete()
        raise


def cut_job(
    files: SessionFiles,
    clip: SessionFiles,
    start_s: float,
    end_s: float,
    picture: bool,
    *,
    progress: Callable[[float], None],
) -> None:
    """Do the child's part: without the picture, only voice and stick figure are ever written."""
    span = span_of(start_s, end_s)
    write_recording(
        files.source(), clip, picture=picture, start_s=span.start_s, end_s=span.end_s,
        progress=progress,
    )  # fmt: skip
    if not picture:
        write_figure(files, clip, span, lambda: None)
