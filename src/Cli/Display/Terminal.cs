using System.Globalization;
using Spectre.Console;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>Standard output for people: as wide as the terminal, or as COLUMNS says where there is none, or 80 columns.</summary>
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
            console.Profile.Width = Asked ?? Usual;
        }

        return console;
    });

    public static IAnsiConsole Out => Created.Value;

    /// <summary>Of running text such as help: easily read lines are no longer than 80 columns, however wide the terminal.</summary>
    public static int TextWidth => Math.Min(Usual, Console.IsOutputRedirected ? Asked ?? Usual : Math.Max(Narrowest, Out.Profile.Width));

    private static int? Asked =>
        int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns is >= Narrowest and <= Widest ? columns : null;
}

/// <summary>Text of a candidate's making before it reaches a terminal: no control or direction characters.</summary>
internal static class Printable
{
    public static string Of(string text) => string.Concat(text.Select(c =>
        (char.IsControl(c) && c != '\n') || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' ? '\uFFFD' : c));
}
