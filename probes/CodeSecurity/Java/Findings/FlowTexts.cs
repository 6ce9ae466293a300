using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Lines of the files an analysis speaks of.</summary>
internal sealed class FlowTexts(JavaSources sources)
{
    /// <summary>Shown of a line, and before the piece where the line is longer.</summary>
    private const int Shown = 200;
    private const int ShownBefore = 60;
    private const int LongestPiece = 80;

    /// <summary>A longer one is none that people wrote, and none is worth going through for every step.</summary>
    private const int LongestLine = 64 * 1024;

    private readonly Dictionary<(string File, int Start), (bool[] Quoted, bool Speaks)> _long = [];
    private readonly Dictionary<string, int[]> _starts = new(StringComparer.Ordinal);

    /// <returns>Counted from 1.</returns>
    public int LineOf(CodePlace place)
    {
        var at = Array.BinarySearch(StartsOf(place.File), place.At);
        return at >= 0 ? at + 1 : ~at;
    }

    /// <summary>The line, without white space around it; of one that is longer than anybody looks at the beginning.</summary>
    public string Line(CodePlace place)
    {
        var line = Whole(place, out _).Trim();
        return (line.Length > LongestLine ? line[..LongestLine] : line).ToString();
    }

    /// <summary>The line with the piece that begins there; null where the file is not at hand.</summary>
    /// <param name="place">Where the piece begins.</param>
    /// <param name="isSecret">Literals are blackened whatever they are.</param>
    /// <param name="name">The piece is this name, further on in the line; null for what begins at the place.</param>
    public StepCode? Code(CodePlace place, bool isSecret, string? name = null)
    {
        var whole = Whole(place, out var start);
        if (whole.Length > LongestLine)
        {
            return null;
        }

        var line = whole.ToString();
        var at = Further(line, place.At - start, name);
        if (line.Length == 0 || at < 0 || at >= line.Length)
        {
            return null;
        }

        var length = PieceAt(line, at);
        var from = at < Shown - ShownBefore ? 0 : at - ShownBefore;
        if (from == 0 && line.Length <= 2 * Shown)
        {
            return Marked(line, Masked(line, isSecret), (0, at, length));
        }

        // A cut inside of a literal turns all quotes behind it inside out, and the word that tells of a secret may lie outside of the cut.
        var (quoted, speaks) = Long(place.File, start, line);
        while (from > 0 && from < at && quoted[from - 1] && quoted[from])
        {
            from++;
        }

        var to = Math.Min(line.Length, from + (2 * Shown));
        var isBlack = isSecret || (speaks && (from > 0 || !SecretMask.Speaks(line[..to])));
        return Marked(line, isBlack ? SecretMask.Stretch(line, quoted, from, to) : Masked(line[from..to], isSecret), (from, at, length));
    }

    private static StepCode Marked(string line, string text, (int From, int At, int Length) piece)
    {
        var before = line[piece.From..piece.At].TrimStart();
        var meant = line.Substring(piece.At, piece.Length);
        var mark = text.IndexOf(meant, Math.Min(before.Length, text.Length), StringComparison.Ordinal);
        return new StepCode(text, piece.At + 1, piece.Length, mark == before.Length ? mark : Again(text, meant));
    }

    /// <summary>Many steps may lie in one long line.</summary>
    private (bool[] Quoted, bool Speaks) Long(string file, int start, string line)
    {
        if (!_long.TryGetValue((file, start), out var known))
        {
            _long[(file, start)] = known = (QuotedStretches.Of(line), SecretMask.Speaks(line));
        }

        return known;
    }

    /// <param name="line">As it stands.</param>
    /// <param name="isSecret">Every literal goes.</param>
    public static string Masked(string line, bool isSecret) => isSecret ? SecretMask.Show(line, always: true) : SecretMask.ShowStatement(line);

    private static int Further(string line, int at, string? name)
    {
        static bool IsPart(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';
        for (var next = at; name is { Length: > 0 } && next >= 0 && next < line.Length && (next = line.IndexOf(name, next, StringComparison.Ordinal)) >= 0; next++)
        {
            var end = next + name.Length;
            if ((next == 0 || !IsPart(line[next - 1])) && (end == line.Length || !IsPart(line[end])))
            {
                return next;
            }
        }

        return at;
    }

    /// <summary>Blackening moved it: where it stands once only, it is meant.</summary>
    private static int? Again(string text, string piece) =>
        text.IndexOf(piece, StringComparison.Ordinal) is >= 0 and var first && text.IndexOf(piece, first + 1, StringComparison.Ordinal) < 0 ? first : null;

    /// <summary>A name with what marks it as an annotation, a literal up to its end, or one character.</summary>
    private static int PieceAt(string line, int at)
    {
        var end = line[at] is '@' or '$' ? at + 1 : at;
        if (end < line.Length && line[end] == '{' && line[at] == '$')
        {
            var close = line.IndexOf('}', end);
            return Math.Min(close < 0 ? 2 : close + 1 - at, LongestPiece);
        }

        if (line[at] is '"' or '\'')
        {
            var close = line.IndexOf(line[at], at + 1);
            return Math.Min(close < 0 ? 1 : close + 1 - at, LongestPiece);
        }

        while (end < line.Length && (char.IsLetterOrDigit(line[end]) || line[end] is '_' or '$') && end - at < LongestPiece)
        {
            end++;
        }

        return Math.Max(1, end - at);
    }

    private ReadOnlySpan<char> Whole(CodePlace place, out int start)
    {
        var (text, starts, line) = (TextOf(place.File), StartsOf(place.File), LineOf(place));
        start = starts[line - 1];
        return text.AsSpan(start..(line < starts.Length ? starts[line] : text.Length)).TrimEnd("\r\n");
    }

    /// <summary>What is to be said of a source that a stranger does not choose directly.</summary>
    public static string? Doubt(FlowTrust trust, FlowWeakness weakness) => trust switch
    {
        FlowTrust.Remote => null,
        FlowTrust.Stored => weakness.OfStored ?? $"{FlowDoubtWords.OfStored}；其内容外人能不能左右，由人确认。",
        _ => $"{FlowDoubtWords.OfMachine}，通常不由外人左右，由人确认。",
    };

    /// <summary>The same by its number, counted from 1; empty behind the end.</summary>
    public string Line(string path, int line)
    {
        var (text, starts) = (TextOf(path), StartsOf(path));
        return line > starts.Length ? "" : text[starts[line - 1]..(line < starts.Length ? starts[line] : text.Length)].Trim();
    }

    private string TextOf(string path) => sources.Java.GetValueOrDefault(path) ?? sources.Markup.GetValueOrDefault(path) ?? sources.Settings.GetValueOrDefault(path) ?? sources.Pages.GetValueOrDefault(path) ?? string.Empty;

    private int[] StartsOf(string path)
    {
        if (!_starts.TryGetValue(path, out var starts))
        {
            var (text, found) = (TextOf(path), new List<int> { 0 });
            for (var at = 0; (at = text.IndexOf('\n', at)) >= 0;)
            {
                found.Add(++at);
            }

            _starts[path] = starts = [.. found];
        }

        return starts;
    }
}
