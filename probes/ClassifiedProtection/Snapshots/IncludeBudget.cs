using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>How many files one reader follows: a file that includes itself ten times asks for a thousand million at the ninth level.</summary>
/// <param name="depth">Levels below the first file.</param>
/// <param name="files">Each counts as often as it is followed.</param>
internal sealed class IncludeBudget(int depth, int files = 200)
{
    private const int LineCap = 200_000;
    private int _files;
    private int _lines;

    /// <summary>It refused: whoever goes on where one file is missing does not go on here.</summary>
    public bool IsSpent { get; private set; }

    /// <summary>Of a file that is about to be followed.</summary>
    /// <param name="snapshot">Of the host.</param>
    /// <param name="path">Of the file.</param>
    /// <param name="level">0 for the first file.</param>
    /// <returns>As <see cref="HostSnapshot.Lines"/>.</returns>
    /// <exception cref="UnableException">It lies too deep or is one too many, or as <see cref="HostSnapshot.Lines"/>.</exception>
    public IReadOnlyList<ConfigLine>? Lines(HostSnapshot snapshot, string path, int level)
    {
        if (level > depth)
        {
            throw Spent($"{path} 的 include 超过 {depth} 层");
        }

        if (++_files > files)
        {
            throw Spent($"{path} 是 include 引用的第 {_files} 个文件，超过 {files} 个");
        }

        var lines = snapshot.Lines(path);
        _lines += lines?.Count ?? 0;
        return _lines > LineCap ? throw Spent($"到 {path} 为止，include 引用的文件超过 {LineCap} 行") : lines;
    }

    private UnableException Spent(string why)
    {
        IsSpent = true;
        return new UnableException(FailureKind.BadInput, why);
    }
}
