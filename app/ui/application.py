"""Builds the application and its window, and runs it until the window is closed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, Qt, QTimer, QTranslator
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from app.coach.catalogue import load_catalogue
from app.paths import asset
from app.session.background import Background
from app.session.upkeep import ASK_EVERY_S
from app.session.warm_up import WarmUp
from app.store.consent import load_consent_text
from app.ui import late
from app.ui.garbage import GarbageOnScreen
from app.ui.interruption import Interruption
from app.ui.library import Library
from app.ui.motion import set_movement
from app.ui.profiles import first_page, save_choices
from app.ui.qt_log import install_qt_log
from app.ui.services import Choices, Live, Services
from app.ui.style import USUAL_SIZE, apply_theme, current_palette, text_scale, wanted_palette
from app.ui.window import MainWindow
from app.version import VERSION
from app.windows import name_in_taskbar
from audio.microphones import MicrophoneList

if TYPE_CHECKING:
    from app.session.plan import LivePlan
    from app.session.upkeep import Upkeep
    from app.settings import Settings
    from app.store.store import Store


NAME: Final = "Rapport"
WARM_UP_AFTER_MS: Final = 600
"""Home has long been painted by then."""


def build_application(argv: list[str], theme: str = "system") -> QApplication:
    """Make the one QApplication, dressed and translated."""
    install_qt_log()
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    name_in_taskbar(NAME)
    app = QApplication(argv)
    app.setWindowIcon(QIcon(str(asset("style", "rapport.svg"))))
    app.setApplicationName(NAME)
    app.setApplicationDisplayName(NAME)
    app.setApplicationVersion(VERSION)
    app.setDesktopFileName("rapport")
    install_translations(app)
    apply_theme(app, theme)
    return app


def install_translations(app: QApplication, locale: QLocale | None = None) -> None:
    """Load our texts and Qt's own in the person's language, where they exist."""
    locale = locale or QLocale()
    folders = {
        "rapport": str(asset("translations")),
        "qtbase": QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath),
    }
    for name, folder in folders.items():
        translator = QTranslator(app)
        if translator.load(locale, name, "_", folder):
            app.installTranslator(translator)


def build_services(store: Store, settings: Settings) -> Services:
    """Join the pages' needs to the house."""

    def make_live(plan: LivePlan, person_id: str | None, consent_id: str | None) -> Live:
        return late.live_session(store, choices, library, plan, (person_id, consent_id), inputs)

    choices, library = Choices(settings, save_choices), Library()
    inputs = MicrophoneList()
    return Services(
        store=store,
        choices=choices,
        catalogue=load_catalogue(),
        library=library,
        consent=load_consent_text(),
        cameras=late.cameras,
        microphones=inputs.now,
        make_live=make_live,
        background=Background(),
        now=lambda: datetime.now(UTC).astimezone(),
        voice=late.customer_voice,
        inputs=inputs,
        watch_microphones=late.watch_microphones,
    )


def build_window(services: Services) -> MainWindow:
    """Make the window with all its pages."""
    return MainWindow(services, lambda: late.report_page(services))


def run(
    store: Store,
    settings: Settings,
    argv: list[str],
    mistake: str | None = None,
    *,
    upkeep: Upkeep | None = None,
    page: str = "home",
    ask_who: bool = True,
) -> int:
    """Show the window on a page until it is closed; a mistake in the settings is told on Home.

    A timer asks the upkeep what is due, for the program may run for days.

    Returns
    -------
    int
        The exit code.
    """
    with Interruption() as interruption:
        app = build_application(argv, settings.theme)
        dress(app, settings)
        services = build_services(store, settings)
        window = build_window(services)
        choices = services.choices
        choices.watch(lambda now: dress(app, now))
        QGuiApplication.styleHints().colorSchemeChanged.connect(lambda: dress(app, choices.now))
        if mistake is not None:
            tell_mistake(window, mistake)
        open_on(window, first_page(services) if ask_who else page, page)
        window.show()
        interruption.watch(window)
        garbage = GarbageOnScreen(window)
        garbage.start()
        warm_up = WarmUp(then=services.library.prepare)
        QTimer.singleShot(WARM_UP_AFTER_MS, window, warm_up.start)
        if upkeep is not None:
            daily = QTimer(window, interval=round(ASK_EVERY_S * 1000))
            daily.timeout.connect(lambda: services.background.run(upkeep.ask))
            daily.start()
        try:
            return app.exec()
        finally:
            warm_up.stop()
            window.runner.close()
            services.background.close()
            garbage.stop()


def open_on(window: MainWindow, first: str, page: str) -> None:
    """Begin with a page; where it has to be asked who practises, go there after the answer."""
    if page != "home" and first != "who":
        window.go(page)
        return
    if window.page != first:
        window.show_page(first)
    if page == "home":
        return

    def go_there() -> None:
        window.doors.person_changed.disconnect(go_there)
        # Whoever changes over shows Home first.
        QTimer.singleShot(0, window, lambda: window.go(page))

    window.doors.person_changed.connect(go_there)


def tell_mistake(window: MainWindow, mistake: str) -> None:
    """Say on Home what was wrong in the settings file."""
    what = QCoreApplication.translate("application", "Not all of your settings could be read.")
    window.home.notice.tell(what, mistake)


def dress(app: QApplication, settings: Settings) -> None:
    """Dress the application as this person likes it, where it is not dressed so already."""
    set_movement(app, settings.movement)
    if (
        wanted_palette(settings.theme) is not current_palette()
        or text_scale() * USUAL_SIZE != settings.text_size
    ):
        apply_theme(app, settings.theme, settings.text_size)
