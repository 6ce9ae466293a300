using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>A line of redis.conf without its key.</summary>
internal sealed record RedisLine(string Key, IReadOnlyList<string> Values, ConfigLine Line);

/// <summary>redis.conf with what it includes, in the order the server reads it.</summary>
internal sealed class RedisFile
{
    private readonly IncludeBudget _budget = new(8);
    private readonly HashSet<string> _included = new(StringComparer.Ordinal);
    private readonly List<RedisLine> _lines = [];

    private RedisFile(string path)
    {
        Path = path;
    }

    public string Path { get; }

    public IReadOnlyList<RedisLine> Lines => _lines;

    /// <summary>Paths of the files it includes.</summary>
    public IReadOnlySet<string> Included => _included;

    /// <exception cref="UnableException">A file cannot be read or found, or a line is none the server would take.</exception>
    public static RedisFile Read(HostSnapshot snapshot, string path)
    {
        var file = new RedisFile(path);
        file.Collect(snapshot, path, 0);
        return file;
    }

    /// <summary>Lines the server was started with, behind those of the file.</summary>
    public void Append(HostSnapshot snapshot, IEnumerable<(IReadOnlyList<string> Words, ConfigLine Line)> lines)
    {
        foreach (var (words, line) in lines)
        {
            Take(snapshot, words, line, 0);
        }
    }

    public IEnumerable<RedisLine> All(string key) => _lines.Where(l => l.Key == key);

    public RedisLine? Last(string key) => _lines.FindLast(l => l.Key == key);

    private void Collect(HostSnapshot snapshot, string path, int depth)
    {
        foreach (var line in _budget.Lines(snapshot, path, depth) ?? throw new UnableException(FailureKind.BadInput, $"配置无效：引用的 {path} 不存在"))
        {
            Take(snapshot, RedisWords.Split(line.Text) ?? throw new UnableException(FailureKind.BadInput, $"配置无效：{line.Place} 的引号没有闭合"), line, depth);
        }
    }

    private void Take(HostSnapshot snapshot, IReadOnlyList<string> words, ConfigLine line, int depth)
    {
        switch (words)
        {
            case [var key, var named] when key.Equals("include", StringComparison.OrdinalIgnoreCase):
                Include(snapshot, Absolute(line, named), depth);
                break;
            case [var key, _, ..]:
                _lines.Add(new RedisLine(key.ToLowerInvariant(), [.. words.Skip(1)], line));
                break;
            case [_]:
                throw new UnableException(FailureKind.BadInput, $"配置无效：{line.Place} 没有值");
        }
    }

    private void Include(HostSnapshot snapshot, string full, int depth)
    {
        foreach (var file in GlobPattern.HasWildcard(full) ? snapshot.Included(full) : [full])
        {
            _included.Add(file);
            Collect(snapshot, file, depth + 1);
        }
    }

    /// <exception cref="UnableException">It begins where the server was started, which no file tells.</exception>
    public static string Absolute(ConfigLine line, string path) =>
        path.StartsWith('/') ? path : throw new UnableException(FailureKind.BadInput, $"{line.Place} 的路径是相对的，从启动 Redis 时的目录算起，不能判读");
}
