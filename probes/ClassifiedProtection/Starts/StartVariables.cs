using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Variables a server's command line is put together from: lines of its unit and the files these name. What stayed on the host is unknown.</summary>
/// <param name="snapshot">Of the host.</param>
/// <param name="server">Whose.</param>
internal sealed partial class StartVariables(HostSnapshot snapshot, StartedServer server)
{
    private readonly Dictionary<string, StartWord> _values = new(StringComparer.Ordinal);

    /// <summary>A line of variables of which some did not leave the host.</summary>
    private ConfigLine? _blackened;

    public bool HasAny => _values.Count > 0 || _blackened is not null;

    /// <summary>Null where nothing sets it.</summary>
    /// <exception cref="UnableException">It may be in a line, or be a value, that did not leave the host.</exception>
    public StartWord? Find(string name) => _values.TryGetValue(name, out var found)
        ? found.Text.Contains(Kept.Mark, StringComparison.Ordinal) ? throw server.Odd(found.Line, $"{name} 的值已遮盖") : found
        : _blackened is { } line ? throw server.Odd(line, "Environment 已遮盖") : null;

    /// <summary>An empty line takes those before it away; one that did not leave the host may set any of them anew.</summary>
    /// <param name="value">Of a line <c>Environment=</c>.</param>
    /// <param name="line">Where it stands.</param>
    public void Add(string value, ConfigLine line)
    {
        var isBlackened = value.Contains(Kept.Mark, StringComparison.Ordinal);
        if (isBlackened || value.Length == 0)
        {
            _values.Clear();
            _blackened = isBlackened ? line : null;
            return;
        }

        foreach (var word in ServiceStart.Quoted(value))
        {
            var at = word.IndexOf('=', StringComparison.Ordinal);
            _values[at < 0 ? word : word[..at].Trim()] = new StartWord(at < 0 ? "" : word[(at + 1)..].Trim(), line);
        }
    }

    /// <summary>NAME=value, quoted or not. A start script's own file need not be there.</summary>
    /// <param name="path">A dash before it does not count.</param>
    /// <param name="from">Where it is named; null for a file of the distribution's start scripts.</param>
    /// <exception cref="UnableException">It was not collected, or speaks of the server's options in a way that is not read.</exception>
    public void AddFile(string path, ConfigLine? from)
    {
        var name = path.TrimStart('-');
        var state = snapshot.Find(name).State;
        if (from is not null && (state == FileState.NotCollected || GlobPattern.HasWildcard(name)))
        {
            throw new UnableException(FailureKind.BadInput, $"{from.Place} {server.Name} 的启动参数取自 {name}，没有收集");
        }

        var goesOn = false;
        foreach (var line in state is FileState.Missing or FileState.NotCollected ? [] : snapshot.Lines(name)!)
        {
            var text = line.Text.Trim();
            (var isContinued, goesOn) = (goesOn, text.EndsWith('\\') && text[0] is not ('#' or ';'));
            text = text.StartsWith("export ", StringComparison.Ordinal) ? text[7..].TrimStart() : text;
            if (!isContinued && Assignment().Match(text) is { Success: true } found)
            {
                var value = found.Groups["value"].Value;
                _values[found.Groups["name"].Value] = new StartWord(value is ['"' or '\'', _, ..] ? value[1..^1] : value, line);
            }
            else if (text is not ("" or ['#' or ';', ..]) && server.Variables.Any(v => text.Contains(v, StringComparison.Ordinal)))
            {
                throw server.Odd(line, "赋值读不懂");
            }
            else if (text is not ("" or ['#' or ';', ..]))
            {
                // Whatever it speaks of may be set by it.
                Name().Matches(text).ToList().ForEach(n => _values[n.Value] = new StartWord(Kept.Mark, line));
            }
        }
    }

    [GeneratedRegex("[A-Za-z_][A-Za-z0-9_]*", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"^(?<name>[A-Za-z_][A-Za-z0-9_]*)=(?<value>""[^""$`\\]*""|'[^']*'|[^\s""'$`\\;&|]*)\s*(#.*)?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Assignment();
}
