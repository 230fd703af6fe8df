import subprocess
import sys


def test_cv2_leaves_qts_settings_as_they_were() -> None:
    code = (
        "import os; os.environ['QT_QPA_FONTDIR'] = 'mine'; import vision.opencv; "
        "print(os.environ.get('QT_QPA_PLATFORM_PLUGIN_PATH'), os.environ['QT_QPA_FONTDIR'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["None", "mine"]


def test_importing_the_analyser_does_not_load_mediapipe() -> None:
    code = "import sys, vision.analyser; print('mediapipe' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
