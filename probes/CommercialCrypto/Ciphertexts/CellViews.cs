using System.Net;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>What a cell says once encodings, separators and the order of its letters are seen through; letters and digits alone, in upper case.</summary>
internal sealed partial class CellViews
{
    private const int MostLayers = 4;
    private const int LongestCell = 4096;

    private readonly HashSet<string> _texts = new(StringComparer.Ordinal);

    private CellViews(string cell)
    {
        var text = cell.Length <= LongestCell ? cell.Trim() : cell[..LongestCell];
        Whole = Compact(text);
        for (var layer = 0; layer < MostLayers; layer++)
        {
            Keep(text);
            var written = Unescaped(text);
            if (written != text)
            {
                text = written;
            }
            else if (BinaryText.Decode(text)?.Bytes is { } bytes)
            {
                Bytes.Add(bytes);
                if ((TextPatterns.TextOf(bytes) ?? WideText.Of(bytes)) is not { } inner)
                {
                    break;
                }

                text = inner.Trim();
            }
            else
            {
                break;
            }
        }
    }

    /// <summary>As it stands, without separators.</summary>
    public string Whole { get; }

    /// <summary>Forwards and backwards.</summary>
    public IReadOnlyCollection<string> Texts => _texts;

    /// <summary>Of each encoding that was taken off.</summary>
    public List<byte[]> Bytes { get; } = [];

    public static CellViews Of(string cell) => new(cell);

    /// <summary>Letters and digits alone, wide ones narrowed, in upper case.</summary>
    public static string Compact(string text) => string.Concat(text.Select(Narrow).Where(char.IsLetterOrDigit)).ToUpperInvariant();

    /// <summary>The wide forms of ASCII (Unicode block FF00).</summary>
    private static char Narrow(char c) => c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - 0xFEE0) : c;

    private void Keep(string text)
    {
        if (Compact(text) is { Length: > 0 } compact)
        {
            _texts.Add(compact);
            _texts.Add(new string([.. compact.Reverse()]));
        }
    }

    /// <summary>Of URLs, of JSON, of HTML.</summary>
    private static string Unescaped(string text) =>
        text.Contains("\\u", StringComparison.OrdinalIgnoreCase) ? Escape().Replace(text, m => ((char)Convert.ToUInt16(m.Value[2..], 16)).ToString())
        : text.Contains('%', StringComparison.Ordinal) ? Uri.UnescapeDataString(text)
        : text.Contains("&#", StringComparison.Ordinal) ? WebUtility.HtmlDecode(text)
        : text;

    [GeneratedRegex(@"\\u[0-9A-Fa-f]{4}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Escape();
}
