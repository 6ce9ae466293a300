using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>What a Redis is started with: a file, and lines behind those of the file.</summary>
/// <param name="File">Null where none is named: lines count for every instance then, as nobody knows whose they are. A specifier of systemd stands as *.</param>
/// <param name="Lines">As words of redis.conf.</param>
internal sealed partial record RedisStart(string? File, IReadOnlyList<(IReadOnlyList<string> Words, ConfigLine Line)> Lines)
{
    private static readonly StartedServer Server = new("Redis", ["redis-server", "valkey-server", "keydb-server"], Units(), [], []);

    /// <exception cref="UnableException">A start is not understood.</exception>
    public static IReadOnlyList<RedisStart> Of(HostSnapshot snapshot) =>
        [.. ServiceStart.Of(snapshot, Server).Where(s => s.Program.Length > 0 && !s.Words.Any(w => w.Text == "--sentinel")).Select(One)];

    public bool IsOf(string path) => File is null || File == path || GlobPattern.MatchesPath(File, path);

    private static RedisStart One(ServiceStart start)
    {
        var words = start.Words;
        var file = words is [{ Text: [not '-', ..] } first, ..] ? first : null;
        if (file is { Text: not ['/', ..] })
        {
            throw start.Odd(file.Line, file.Text);
        }

        var lines = new List<(List<string> Words, ConfigLine Line)>();
        foreach (var (text, line) in words.Skip(file is null ? 0 : 1))
        {
            switch (text)
            {
                case ['-', '-', _, ..]:
                    // Words of one argument are words of the line.
                    lines.Add(([.. RedisWords.Split(text[2..]) ?? throw start.Odd(line, text)], line));
                    break;
                case "-" or "-v" or "-h" or "-c":
                case var _ when lines.Count == 0:
                    throw start.Odd(line, text);
                default:
                    lines[^1].Words.Add(text);
                    break;
            }
        }

        // It may have got a name everybody knows, or its own.
        var renamed = lines.Find(l => l.Words[0].Equals("rename-command", StringComparison.OrdinalIgnoreCase) && l.Words.Exists(w => w.Contains("***", StringComparison.Ordinal)));
        return renamed.Words is not null ? throw start.Odd(renamed.Line, "rename-command 的新名字已遮盖") : new RedisStart(
            file is null ? null : Specifier().Replace(file.Text, "*"),
            [.. lines.Select(l => ((IReadOnlyList<string>)(l.Words.Count == 1 ? [l.Words[0], ""] : l.Words), l.Line))]);
    }

    /// <summary>An instance has its port or name behind it; a program that watches it is another.</summary>
    [GeneratedRegex("^(redis|redis-server|valkey|valkey-server|keydb|keydb-server)(@.*|_(?!exporter).*)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Units();

    [GeneratedRegex("%[a-zA-Z]", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, 1000)]
    private static partial Regex Specifier();
}
