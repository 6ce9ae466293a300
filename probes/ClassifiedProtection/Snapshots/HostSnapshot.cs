using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>What there is to say of one path.</summary>
public enum FileState
{
    /// <summary>Its content is here, redacted.</summary>
    Read,

    /// <summary>It exists; only its attributes were wanted or could be had.</summary>
    Attributes,
    Directory,

    /// <summary>Looked for and not there.</summary>
    Missing,

    /// <summary>It may be there: whoever looked was not allowed to see.</summary>
    Denied,

    /// <summary>Larger than what is read, or beyond the number of files.</summary>
    TooLarge,

    /// <summary>Holds a private key: never read.</summary>
    PrivateKey,

    /// <summary>Nobody looked.</summary>
    NotCollected,
}

/// <summary>One path of a host.</summary>
public sealed record SnapshotFile(string Path, FileState State)
{
    /// <summary>Permission bits (07777), of what a link leads to; null where not known.</summary>
    public int? Mode { get; init; }

    public string? Owner { get; init; }

    public string? Group { get; init; }

    public DateTimeOffset? Modified { get; init; }

    /// <summary>UTF-8 as far as it goes; only of <see cref="FileState.Read"/>.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>Nobody knows its kind: whatever values it has are blackened.</summary>
    public bool IsBare { get; init; }

    public bool Exists => State is not (FileState.Missing or FileState.NotCollected or FileState.Denied);
}

/// <summary>What a command said. <see cref="ExitCode"/> is null where the host does not have it.</summary>
public sealed record CommandOutput(string Name, int? ExitCode, string Text)
{
    public bool Ran => ExitCode is not null;

    public IReadOnlyList<string> Lines => Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>A line of a file and where it stands; number 0 is what a running system said, and the path who said it.</summary>
public sealed record ConfigLine(string Path, int Number, string Text)
{
    public string Place => Number > 0 ? $"{Path}:{Number}" : Path;

    public SettingSource Source => Number > 0 ? SettingSource.Explicit : SettingSource.Running;
}

/// <summary>A host as it was at one moment: files and outputs of commands, secrets already blackened.</summary>
public abstract class HostSnapshot
{
    private const int LineCap = 100_000;

    /// <summary>Where it comes from, with the digests of what was read.</summary>
    public abstract string Origin { get; }

    /// <summary>Never throws: what is wrong is in the state.</summary>
    public abstract SnapshotFile Find(string path);

    /// <summary>Null where nobody ran it.</summary>
    public abstract CommandOutput? Command(string name);

    /// <summary>Full paths that exist and match, ordinal order. Wildcards are those of glob(7), in any part of the path.</summary>
    /// <exception cref="UnableException">The folder before the last part could not be listed, or nobody listed it.</exception>
    public abstract IReadOnlyList<string> Glob(string pattern);

    /// <summary>As <see cref="Glob"/>, of a pattern that a configuration file names: what it finds is all there is, or it throws.</summary>
    /// <exception cref="UnableException">As <see cref="Glob"/>, or nobody looked for all that matches.</exception>
    public virtual IReadOnlyList<string> Included(string pattern) => GlobPattern.IsPlain(pattern)
        ? Glob(pattern)
        : throw new UnableException(FailureKind.BadInput, $"通配符 {pattern} 里有大括号或排序字符类，各程序理解不同，不能判读");

    /// <summary>Where something is of what may lie in several places, in their order; empty where all were looked at and nothing is there.</summary>
    /// <param name="places">Paths, or patterns as those of <see cref="Glob"/>.</param>
    /// <exception cref="UnableException">Nothing was found and one of the places nobody looked at; or one is shut, so that there may be more than was found.</exception>
    public IReadOnlyList<string> Among(params IReadOnlyList<string> places)
    {
        var (found, trouble) = (new List<string>(), default(UnableException));
        foreach (var place in places)
        {
            try
            {
                found.AddRange(GlobPattern.HasWildcard(place) ? Glob(place) : Find(place).State switch
                {
                    FileState.Missing => [],
                    FileState.NotCollected => throw new UnableException(FailureKind.BadInput, $"没有收集 {place}，不知道主机上有没有"),
                    _ => [place],
                });
            }
            catch (UnableException unable)
            {
                trouble = trouble is null || unable.Kind == FailureKind.AccessDenied ? unable : trouble;
            }
        }

        return trouble is not null && (found.Count == 0 || trouble.Kind == FailureKind.AccessDenied) ? throw trouble : found;
    }

    /// <summary>Null where the file does not exist.</summary>
    /// <exception cref="UnableException">It could not be read, is no text, or is of no known kind, so that its values are not here.</exception>
    public string? Text(string path)
    {
        var file = Find(path);
        switch (file.State)
        {
            case FileState.Missing:
                return null;
            case FileState.Read when file.Text.Contains('\0', StringComparison.Ordinal):
                throw new UnableException(FailureKind.BadInput, $"{path} 不是文本");
            case FileState.Read when file.Text.Contains(Kept.LongLine, StringComparison.Ordinal):
                throw new UnableException(FailureKind.BadInput, $"{path}:{file.Text[..file.Text.IndexOf(Kept.LongLine, StringComparison.Ordinal)].Count(c => c == '\n') + 1} 的行超过 16 KiB，其中的内容已遮盖，整个文件不能判读");
            case FileState.Read when file.IsBare && file.Text.Contains(Kept.Mark, StringComparison.Ordinal):
                throw new UnableException(FailureKind.BadInput, $"{path} 不在收集表里，其中的值都已遮盖，不能判读");
            case FileState.Read:
                return file.Text;
            case FileState.Denied:
                throw new UnableException(FailureKind.AccessDenied, $"无权读取 {path}");
            case FileState.TooLarge:
                throw new UnableException(FailureKind.BadInput, $"{path} 超过大小或数量上限，没有读取");
            case FileState.NotCollected:
                throw new UnableException(FailureKind.BadInput, $"没有收集 {path}");
            default:
                throw new UnableException(FailureKind.BadInput, $"{path} 不是可读的普通文件");
        }
    }

    /// <summary>Null where the file does not exist.</summary>
    /// <exception cref="UnableException">It could not be read, or is no text.</exception>
    public IReadOnlyList<ConfigLine>? Lines(string path)
    {
        if (Text(path) is not { } text)
        {
            return null;
        }

        var lines = text.Split('\n');
        return lines.Length > LineCap
            ? throw new UnableException(FailureKind.BadInput, $"{path} 超过 {LineCap} 行")
            : [.. lines.Select((l, i) => new ConfigLine(path, i + 1, l.TrimEnd('\r')))];
    }

    /// <summary>Lines of all files that match, file by file.</summary>
    /// <exception cref="UnableException">As <see cref="Lines"/> and <see cref="Glob"/>.</exception>
    public IReadOnlyList<ConfigLine> LinesOf(params IReadOnlyList<string> patterns) =>
        [.. patterns.SelectMany(p => GlobPattern.HasWildcard(p) ? Glob(p) : [p])
            .Where(p => Find(p).State != FileState.Directory).SelectMany(p => Lines(p) ?? [])];
}
