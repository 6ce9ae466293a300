using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Lines of environment files that are looked at for one server: units may be many, and name the same large files.</summary>
internal sealed class EnvironmentBudget
{
    private int _left = 200_000;

    /// <exception cref="UnableException">It is spent.</exception>
    public void Take(string path, int lines) => _left = lines <= _left ? _left - lines : throw new UnableException(FailureKind.BadInput, $"{path} 等服务的环境文件行数过多，没有读完");
}

/// <summary>Variables a server's command line is put together from: lines of its unit and the files these name. What stayed on the host is unknown.</summary>
/// <param name="snapshot">Of the host.</param>
/// <param name="server">Whose.</param>
/// <param name="budget">Of all its units.</param>
internal sealed partial class StartVariables(HostSnapshot snapshot, StartedServer server, EnvironmentBudget budget)
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

    /// <summary>An empty line takes those before it away; one that cannot be taken apart may set any of them anew.</summary>
    /// <param name="value">Of a line <c>Environment=</c>.</param>
    /// <param name="line">Where it stands.</param>
    public void Add(string value, ConfigLine line)
    {
        var isOdd = Kept.GoesOn(value) || !Kept.IsClosed(value) || HasEscape(value) || (value.Contains(Kept.Mark, StringComparison.Ordinal) && BlackenedStart.Taken(value) is null);
        if (isOdd || value.Length == 0)
        {
            _values.Clear();
            _blackened = isOdd ? line : null;
            return;
        }

        // A word whose name is none sets nothing.
        foreach (var word in ServiceStart.Quoted(value))
        {
            if (Whole().Match(word) is { Success: true } name)
            {
                _values[word[..(name.Length - 1)]] = new StartWord(word[name.Length..], line);
            }
        }
    }

    /// <summary>A character is written by its number or letter, which is not read.</summary>
    public static bool HasEscape(string text) => Escaped().IsMatch(text);

    /// <summary>A file of a distribution's start scripts: NAME=value, quoted or not. It need not be there.</summary>
    /// <param name="path">Of the file.</param>
    /// <exception cref="UnableException">It was not collected, or speaks of the server's options in a way that is not read.</exception>
    public void AddScript(string path) => Read(path, snapshot.Lines(path) ?? [], isShell: true);

    /// <summary>What a unit names as its EnvironmentFile.</summary>
    /// <param name="path">A dash before it does not count.</param>
    /// <param name="from">Where it is named.</param>
    /// <exception cref="UnableException">It was not collected, or speaks of the server's options in a way that is not read.</exception>
    public void AddFile(string path, ConfigLine from)
    {
        var name = path.TrimStart('-');
        if (snapshot.Find(name).State == FileState.NotCollected || GlobPattern.HasWildcard(name) || name.Contains('%', StringComparison.Ordinal))
        {
            throw new UnableException(FailureKind.BadInput, $"{from.Place} {server.Name} 的启动参数取自 {name}，没有收集");
        }

        Read(name, snapshot.Lines(name) ?? [], isShell: false);
    }

    /// <summary>To systemd a remark behind a value belongs to it, and export is no word; a quote left open takes in what follows.</summary>
    private void Read(string path, IReadOnlyList<ConfigLine> lines, bool isShell)
    {
        budget.Take(path, lines.Count);
        var goesOn = false;
        foreach (var line in lines)
        {
            var text = line.Text.Trim(' ', '\t', '\r');
            (var isContinued, goesOn) = (goesOn, Kept.GoesOn(line.Text));
            if (text is "" or ['#' or ';', ..])
            {
                continue;
            }

            if (!Kept.IsClosed(text))
            {
                throw server.Odd(line, "引号没有闭合");
            }

            text = isShell && text.StartsWith("export ", StringComparison.Ordinal) ? text[7..].TrimStart() : text;
            if (!isContinued && Assignment().Match(text) is { Success: true } found && (isShell || !found.Groups["remark"].Success))
            {
                var value = found.Groups["value"].Value;
                _values[found.Groups["name"].Value] = new StartWord(value is ['"' or '\'', _, ..] ? value[1..^1] : value, line);
            }
            else if (server.Variables.Any(v => text.Contains(v, StringComparison.Ordinal)))
            {
                throw server.Odd(line, "赋值读不懂");
            }
            else
            {
                // Whatever it speaks of may be set by it.
                Name().Matches(text).ToList().ForEach(n => _values[n.Value] = new StartWord(Kept.Mark, line));
            }
        }
    }

    [GeneratedRegex("[A-Za-z_][A-Za-z0-9_]*", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, 1000)]
    private static partial Regex Name();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*=", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, 1000)]
    private static partial Regex Whole();

    [GeneratedRegex(@"\\[A-Za-z0-9]", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, 1000)]
    private static partial Regex Escaped();

    [GeneratedRegex(@"^(?<name>[A-Za-z_][A-Za-z0-9_]*)=(?<value>""[^""$`\\]*""|'[^']*'|[^\s""'$`\\;&|]*)\s*(?<remark>#.*)?$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Assignment();
}
