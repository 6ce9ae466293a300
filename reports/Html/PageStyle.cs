using System.Globalization;
using System.Text;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Html;

/// <summary>The style sheet, with the system's name in the running head of printed pages.</summary>
internal static class PageStyle
{
    private const int LongestName = 36;

    private static readonly string Sheet = Read();

    public static string For(AcceptanceReport report, string kind = ReportWords.Title) =>
        Sheet + $"@page{{@top-left{{content:{Quote(ShortName(report.Pack.Candidate.Name))}}}@top-right{{content:{Quote(kind)}}}}}\n";

    private static string ShortName(string name)
    {
        var visible = new StringInfo(VisibleText.OnOneLine(name));
        return visible.LengthInTextElements <= LongestName ? visible.String : visible.SubstringByTextElements(0, LongestName) + "…";
    }

    /// <summary>A CSS string (CSS Syntax 3 §4.3.5) that can end neither itself nor the style element.</summary>
    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value == ' ')
            {
                quoted.Append(rune);
            }
            else
            {
                quoted.Append(CultureInfo.InvariantCulture, $"\\{rune.Value:X6} ");
            }
        }

        return quoted.Append('"').ToString();
    }

    private static string Read()
    {
        using var stream = typeof(PageStyle).Assembly.GetManifestResourceStream("report.css")
            ?? throw new InvalidOperationException("report.css is not in the assembly");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
