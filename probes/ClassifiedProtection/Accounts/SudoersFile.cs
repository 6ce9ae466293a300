using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Lines of /etc/sudoers and what it includes, continued lines joined and comments cut (sudoers(5)).</summary>
internal static class SudoersFile
{
    private const int Depth = 16;

    /// <summary>Of one line with those it goes on in.</summary>
    private const int JoinedCap = 64 * 1024;
    private const int JoinedLines = 2000;

    /// <param name="snapshot">Of the host.</param>
    /// <param name="path">The first file.</param>
    /// <param name="faults">What could not be followed.</param>
    public static List<ConfigLine> Read(HostSnapshot snapshot, string path, List<Sighting> faults)
    {
        var lines = new List<ConfigLine>();
        Collect(snapshot, path, (0, new IncludeBudget(Depth, files: 1500)), lines, faults);
        return lines;
    }

    private static void Collect(HostSnapshot snapshot, string path, (int Level, IncludeBudget Budget) at, List<ConfigLine> into, List<Sighting> faults)
    {
        foreach (var line in Joined(at.Budget.Lines(snapshot, path, at.Level) ?? []))
        {
            var words = line.Text.Split([' ', '\t'], 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            switch (words)
            {
                case ["#include" or "@include" or "#includedir" or "@includedir", var target]:
                    Include(snapshot, (words[0][1..], target, line), at with { Level = at.Level + 1 }, into, faults);
                    break;
                case [var word, ..] when word[0] != '#' || (word.Length > 1 && char.IsAsciiDigit(word[1])):
                    into.Add(line with { Text = Uncommented(line.Text).Trim() });
                    break;
            }
        }
    }

    private static void Include(HostSnapshot snapshot, (string Word, string Target, ConfigLine Line) include, (int Level, IncludeBudget Budget) at, List<ConfigLine> into, List<Sighting> faults)
    {
        var target = include.Target.Trim('"').Replace("\\ ", " ", StringComparison.Ordinal);
        var full = target.StartsWith('/') ? target.TrimEnd('/') : $"{include.Line.Path[..include.Line.Path.LastIndexOf('/')]}/{target.TrimEnd('/')}";
        if (full.Contains('%', StringComparison.Ordinal) || (include.Word == "include" && snapshot.Find(full).State == FileState.Missing))
        {
            faults.Add(new Sighting($"{include.Word} {target} 找不到或含 %", include.Line.Place));
            return;
        }

        if (include.Word == "include")
        {
            Collect(snapshot, full, at, into, faults);
            return;
        }

        // A name with a dot, or a tilde at its end, is passed over.
        foreach (var file in snapshot.Included($"{full}/*").Where(f => !f[full.Length..].Contains('.', StringComparison.Ordinal) && !f.EndsWith('~') && snapshot.Find(f).State != FileState.Directory))
        {
            Collect(snapshot, file, at, into, faults);
        }
    }

    /// <summary>A backslash at the end continues the line, but not a comment; the place is where it begins.</summary>
    private static IEnumerable<ConfigLine> Joined(IReadOnlyList<ConfigLine> lines)
    {
        var (open, count) = (default(ConfigLine), 0);
        foreach (var line in lines)
        {
            count = open is null ? 0 : count + 1;
            if (open is not null && (count > JoinedLines || open.Text.Length > JoinedCap))
            {
                throw new UnableException(FailureKind.BadInput, $"{open.Place} 的续行过长");
            }

            var whole = open is null ? line : open with { Text = open.Text + line.Text };
            var isComment = Uncommented(whole.Text).Length < whole.Text.Length;
            open = whole.Text.EndsWith('\\') && !isComment ? whole with { Text = whole.Text[..^1] } : null;
            if (open is null)
            {
                yield return whole;
            }
        }

        if (open is not null)
        {
            yield return open;
        }
    }

    /// <summary>Up to a # outside of quotes that no number follows: #0 is a user.</summary>
    private static string Uncommented(string text)
    {
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '\\':
                    i++;
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case '#' when !quoted && (i + 1 == text.Length || !(char.IsAsciiDigit(text[i + 1]) || text[i + 1] == '-')) && !text.AsSpan(i).StartsWith("#include"):
                    return text[..i];
            }
        }

        return text;
    }

    /// <summary>At a separator outside of quotes and brackets that no backslash is before. Pieces are trimmed; empty ones stay.</summary>
    public static List<string> Split(string text, char separator)
    {
        var (pieces, piece, quoted, depth) = (new List<string>(), new StringBuilder(), false, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (letter == '\\' && i + 1 < text.Length)
            {
                piece.Append(letter).Append(text[++i]);
                continue;
            }

            quoted ^= letter == '"';
            depth += quoted ? 0 : letter switch { '(' => 1, ')' => -1, _ => 0 };
            if (letter == separator && !quoted && depth <= 0)
            {
                pieces.Add(piece.ToString().Trim());
                piece.Clear();
                continue;
            }

            piece.Append(letter);
        }

        pieces.Add(piece.ToString().Trim());
        return pieces;
    }
}
