using Spectre.Console;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>Standard output for people: 80 columns where nobody says otherwise.</summary>
internal static class Terminal
{
    private const int Usual = 80;
    private const int Narrowest = 40;
    private const int Widest = 400;

    private static readonly Lazy<IAnsiConsole> Created = new(() =>
    {
        var isPlain = Console.IsOutputRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Out),
            Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = Columns() ?? Usual;
        }

        return console;
    });

    public static IAnsiConsole Out => Created.Value;

    /// <summary>What the shell says of the width, which counts for a pipe into a pager too.</summary>
    private static int? Columns() =>
        int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var columns)
            ? Math.Clamp(columns, Narrowest, Widest)
            : null;
}

/// <summary>Text of a candidate's making before it reaches a terminal: no control or direction characters.</summary>
internal static class Printable
{
    public static string Of(string text) => string.Concat(text.Select(c =>
        (char.IsControl(c) && c != '\n') || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' ? '\uFFFD' : c));
}
