using System.Text;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A copy of a tree to build in, so that nothing is written into the candidate's own folder. Removed at the end.</summary>
internal sealed class WorkCopy : IDisposable
{
    private const int MostFiles = 200_000;
    private const long MostBytes = 4L * 1024 * 1024 * 1024;
    private const int LargestFile = 512 * 1024 * 1024;
    private const int LargestSource = 16 * 1024 * 1024;

    private static readonly HashSet<string> LeftBehind = new(StringComparer.OrdinalIgnoreCase) { ".git", ".svn", ".hg", ".vs", "bin", "obj", "node_modules", "TestResults", BuildInputs.LogFolder };

    /// <summary>What MSBuild and the SDK look for in the folders above: they stop here, and take nothing that others put there.</summary>
    private static readonly (string Name, string Text)[] Stops = [("Directory.Build.props", "<Project/>"), ("Directory.Build.targets", "<Project/>"), ("Directory.Packages.props", "<Project/>"), ("Directory.Build.rsp", ""), ("global.json", "{}")];

    private readonly DirectoryInfo _folder = Place();
    private readonly List<string> _doubts = [];
    private int _files;
    private long _bytes;
    private int _links;
    private int _unread;

    private WorkCopy()
    {
        Tree = Directory.CreateDirectory(Path.Combine(_folder.FullName, "tree")).FullName;
        Inputs = Directory.CreateDirectory(Path.Combine(_folder.FullName, "in")).FullName;
        Home = Directory.CreateDirectory(Path.Combine(_folder.FullName, "home")).FullName;
        Array.ForEach(Stops, s => File.WriteAllText(Path.Combine(_folder.FullName, s.Name), s.Text));
    }

    /// <summary>The copy.</summary>
    public string Tree { get; }

    /// <summary>For what this tool hands to the build.</summary>
    public string Inputs { get; }

    /// <summary>For what the build keeps for itself.</summary>
    public string Home { get; }

    /// <summary>What the copy lacks.</summary>
    public IReadOnlyList<string> Doubts => _doubts;

    public static WorkCopy Of(string root, CancellationToken stop)
    {
        var copy = new WorkCopy();
        try
        {
            copy.Fill(root, stop);
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (Exception kept) when (kept is IOException or UnauthorizedAccessException)
        {
            // A process of the build may still hold a file; the system clears its temporary folder.
        }
    }

    /// <summary>Of the user's own folders where there are any: NuGet reads the settings of every folder above, and in the temporary one anybody may put them.</summary>
    private static DirectoryInfo Place()
    {
        var own = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        return own.Length == 0 ? Directory.CreateTempSubdirectory("securitycheck-build-") : Directory.CreateDirectory(Path.Combine(own, "securitycheck", "builds", Path.GetRandomFileName()));
    }

    private void Fill(string root, CancellationToken stop)
    {
        var pending = new Stack<(DirectoryInfo From, string To)>([(new DirectoryInfo(root), Tree)]);
        while (pending.TryPop(out var at))
        {
            stop.ThrowIfCancellationRequested();
            foreach (var entry in Entries(at.From))
            {
                var to = Path.Combine(at.To, entry.Name);
                if (entry.LinkTarget is not null || entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
                {
                    _links++;
                }
                else if (entry is DirectoryInfo folder)
                {
                    if (!LeftBehind.Contains(folder.Name))
                    {
                        pending.Push((folder, Directory.CreateDirectory(to).FullName));
                    }
                }
                else
                {
                    Take(entry.FullName, to);
                }
            }
        }

        Say(_links, "个链接没有复制");
        Say(_unread, "个文件没有复制（读不了、过大或超出总量）");
    }

    private void Say(int count, string what)
    {
        if (count > 0)
        {
            _doubts.Add($"{count} {what}，构建可能与实际不同");
        }
    }

    private FileSystemInfo[] Entries(DirectoryInfo folder)
    {
        try
        {
            return folder.GetFileSystemInfos();
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            _unread++;
            return [];
        }
    }

    /// <summary>The compiler reads what is no UTF-8 by the code page of the machine: in China GBK, here nothing like it. Lines stay where they are.</summary>
    /// <returns>Null where it is to be copied as it is.</returns>
    private static byte[]? InUtf8(FileStream source)
    {
        var bytes = new byte[source.Length];
        source.ReadExactly(bytes);
        return Charsets.Decode(bytes) is { IsDamaged: false, Charset: "gb18030" } decoded ? Encoding.UTF8.GetBytes(decoded.Text) : null;
    }

    private void Take(string from, string to)
    {
        try
        {
            using var handle = RegularFile.Open(from, out var length);
            if (length > LargestFile || _files >= MostFiles || _bytes + length > MostBytes)
            {
                _unread++;
                return;
            }

            using var source = new FileStream(handle, FileAccess.Read);
            using var target = File.Create(to);
            if (!from.EndsWith(".cs", StringComparison.OrdinalIgnoreCase) || length > LargestSource || InUtf8(source) is not { } text)
            {
                source.Position = 0;
                source.CopyTo(target);
            }
            else
            {
                target.Write(text);
            }

            _files++;
            _bytes += length;
        }
        catch (Exception closed) when (closed is IOException or UnauthorizedAccessException)
        {
            _unread++;
        }
    }
}
