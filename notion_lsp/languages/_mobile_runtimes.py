"""Where Swift and Dart run without an environment to keep a token in."""

from __future__ import annotations

from notion_lsp.refused import Refused
from notion_lsp.runtime import Runtime, in_any

_APPLE = Refused("An application ships to whoever installs it: have a server of yours ask Notion.")
_BROWSER = Refused("This code runs in a browser: have a server of yours ask Notion.")

# developer.apple.com: the frameworks of applications, and none of those that Linux has too.
_FRAMEWORKS = (
    "ActivityKit|AppIntents|AppKit|CarPlay|Cocoa|ComposableArchitecture|GameKit|Intents|MessageUI"
    "|Messages|PhotosUI|RealityKit|SafariServices|SpriteKit|SwiftData|SwiftUI|TVUIKit|TipKit|UIKit"
    "|UserNotifications|UserNotificationsUI|WatchConnectivity|WatchKit|WidgetKit|XCUIAutomation"
)
_APPLE_IMPORT = (
    rf"^[ \t]*(?:@\w+[ \t]+)*import[ \t]+(?:\w+[ \t]+)?(?:{_FRAMEWORKS})\b|\bXCUIApplication\("
)
# What runs on a server or in a terminal, whatever project it is a part of.
_PROGRAM = (
    r"^#!|^[ \t]*(?:@\w+[ \t]+)*import[ \t]+(?:AWSLambda\w*|ArgumentParser|Hummingbird|Kitura|NIO"
    r"|Publish|Smoke\w*|Testing|Vapor|XCTest)\b"
)

SWIFT_RUNTIMES = (
    Runtime(
        "swift-manifest",
        Refused(
            "A manifest is read when the package is built: read the token where the program runs."
        ),
        path=r"/Package(?:@swift-[\d.]+)?\.swift$",
    ),
    Runtime("browser", _BROWSER, text=r"^[ \t]*import (?:JavaScriptKit|JavaScriptEventLoop)\b"),
    Runtime("application", _APPLE, text=_APPLE_IMPORT),
    Runtime(
        "application",
        _APPLE,
        unless=_PROGRAM,
        path=r"^(?!.*/(?:Tests|scripts?|Scripts?|tools?)/)",
        beside=(
            *in_any("*.xcodeproj/project.pbxproj", r"product-type\.application"),
            *in_any("project.yml", r"\btype:\s*application\b"),  # XcodeGen
            *in_any("Project.swift", r"\bproduct:\s*\.(?:app\b|appExtension)"),  # Tuist
            *in_any("Podfile", r"\bplatform\s+:(?:ios|tvos|watchos|visionos)\b"),
            *in_any("Package.swift", r"\biOSApplication\("),  # Swift Playgrounds
        ),
        instead=in_any("Package.swift", r"\A(?![\s\S]*\biOSApplication\()"),
    ),
    # A part of an application that is a package of its own.
    Runtime(
        "application",
        _APPLE,
        unless=_PROGRAM,
        path=r"^(?!.*/(?:Tests|scripts?|Scripts?|tools?)/)",
        beside=in_any("Package.swift", r"\.(?:iOS|tvOS|watchOS|visionOS)\("),
    ),
)

_FLUTTER = Refused(
    "An application of Flutter ships to whoever installs it, and so does what --dart-define gives: "
    "have a server of yours ask Notion."
)
# What runs on a server or in a terminal, whatever package it is a part of.
_DART_PROGRAM = (
    r"^#!|^import ['\"]package:(?:alfred|args|cli_\w+|conduit\w*|dart_frog|mason_logger|serverpod"
    r"|shelf\w*|test)/"
)

DART_RUNTIMES = (
    Runtime(
        "application", _FLUTTER, text=r"^(?:import|export) ['\"](?:package:flutter\w*/|dart:ui)"
    ),
    Runtime(
        "browser",
        _BROWSER,
        text=r"^import ['\"](?:dart:(?:html|js\w*|svg|web_gl)\b|package:(?:js|web|jaspr)/)",
    ),
    Runtime(
        "application",
        _FLUTTER,
        unless=_DART_PROGRAM,
        path=r"^(?!.*/(?:bin|tool|test|server)/)",
        beside=in_any("pubspec.yaml", r"(?m)^[ \t]+sdk:\s*flutter\b|^flutter:"),
    ),
)
