using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// The objects of a repository, read by the git of this machine. Git never sees the repository's own settings, hooks, attributes or references: it is
/// given a repository of our own making in a temporary folder, whose objects are those of the tree. No command that is used here starts another program.
/// </summary>
internal sealed partial class GitStore : IDisposable
{
    private const int MostFiles = 400_000;
    private const int MostOfSettings = 1024 * 1024;

    /// <summary>Variables through which the caller's surroundings would reach in.</summary>
    private static readonly string[] Foreign =
    [
        "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG", "GIT_CONFIG_COUNT", "GIT_CONFIG_PARAMETERS", "GIT_EXEC_PATH", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR",
        "GIT_NAMESPACE", "GIT_SHALLOW_FILE", "GIT_GRAFT_FILE", "GIT_TRACE", "GIT_TRACE2", "GIT_TRACE2_EVENT", "GIT_TRACE2_PERF", "GIT_TRACE_SETUP", "GIT_EXTERNAL_DIFF", "GIT_SSH", "GIT_SSH_COMMAND",
        "GIT_ASKPASS", "GIT_PROXY_COMMAND", "GIT_TEMPLATE_DIR", "GIT_DEFAULT_HASH",
    ];

    private static readonly string[] Hardening =
    [
        "--no-pager", "--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "core.pager=cat", "-c", "protocol.allow=never", "-c", "core.commitGraph=false",
        "-c", "core.multiPackIndex=false", "-c", "pack.threads=1", "-c", "gc.auto=0",
    ];

    private readonly DirectoryInfo _own;
    private readonly IToolRunner _tools;
    private readonly Dictionary<string, string?> _environment;

    private GitStore(DirectoryInfo own, string objects, IToolRunner tools)
    {
        (_own, _tools) = (own, tools);
        _environment = Foreign.ToDictionary(v => v, _ => (string?)null, StringComparer.Ordinal);
        foreach (var (name, value) in new[]
        {
            ("GIT_DIR", own.FullName), ("GIT_OBJECT_DIRECTORY", objects), ("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_ATTR_NOSYSTEM", "1"),
            ("GIT_CONFIG_GLOBAL", Path.Combine(own.FullName, "none")), ("HOME", own.FullName), ("XDG_CONFIG_HOME", own.FullName), ("GIT_NO_REPLACE_OBJECTS", "1"),
            ("GIT_NO_LAZY_FETCH", "1"), ("GIT_TERMINAL_PROMPT", "0"), ("GIT_OPTIONAL_LOCKS", "0"), ("GIT_ALLOW_PROTOCOL", "none"), ("GIT_PAGER", "cat"), ("LC_ALL", "C"),
        })
        {
            _environment[name] = value;
        }
    }

    /// <summary>The history begins somewhere: earlier commits are not here.</summary>
    public bool IsShallow { get; private init; }

    /// <param name="root">Of the tree.</param>
    /// <param name="tools">Starts git.</param>
    /// <param name="whyNot">For people, where nothing is returned.</param>
    public static GitStore? Open(string root, IToolRunner tools, out string whyNot)
    {
        var git = Path.Combine(root, ".git");
        whyNot = WhyNot(git);
        if (whyNot.Length > 0)
        {
            return null;
        }

        var own = Directory.CreateTempSubdirectory("securitycheck-git-");
        var isLong = UsesSha256(Read(git, "config"));
        var shallow = Read(git, "shallow").Split('\n').Select(l => l.Trim()).Where(l => ObjectId().IsMatch(l)).ToList();
        Directory.CreateDirectory(Path.Combine(own.FullName, "refs"));
        Directory.CreateDirectory(Path.Combine(own.FullName, "objects"));
        File.WriteAllText(Path.Combine(own.FullName, "none"), "");
        File.WriteAllText(Path.Combine(own.FullName, "HEAD"), "ref: refs/heads/none\n");
        File.WriteAllText(Path.Combine(own.FullName, "config"), $"[core]\n\tbare = true\n\trepositoryformatversion = {(isLong ? "1\n[extensions]\n\tobjectformat = sha256" : "0")}\n");
        if (shallow.Count > 0)
        {
            File.WriteAllText(Path.Combine(own.FullName, "shallow"), string.Join('\n', shallow) + "\n");
        }

        return new GitStore(own, Path.Combine(git, "objects"), tools) { IsShallow = shallow.Count > 0 };
    }

    /// <exception cref="UnableException">No git here, or it ran out of time.</exception>
    public Task<ToolResult> RunAsync(IReadOnlyList<string> arguments, byte[] input, int cap, TimeSpan timeout, CancellationToken stop) =>
        _tools.RunAsync(new ToolCall("git", [.. Hardening, .. arguments]) { Environment = _environment, StandardInput = input, OutputCap = cap, Timeout = timeout }, stop);

    public void Dispose()
    {
        try
        {
            _own.Delete(recursive: true);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            // An empty repository left in the temporary folder harms nobody.
        }
    }

    private static string WhyNot(string git)
    {
        var info = new DirectoryInfo(git);
        if (info.LinkTarget is not null || new FileInfo(git) is { Exists: true })
        {
            return ".git 是链接，或是指向别处的文件（工作树、子模块），没有跟过去";
        }

        if (!info.Exists)
        {
            return "目录里没有 .git，没有版本历史可看";
        }

        var objects = new DirectoryInfo(Path.Combine(git, "objects"));
        return !objects.Exists || objects.LinkTarget is not null ? ".git 里没有对象目录，或它是链接"
            : Path.Exists(Path.Combine(objects.FullName, "info", "alternates")) ? "版本库借用了别处的对象（objects/info/alternates），没有跟过去；请交出完整的克隆"
            : WhyNotObjects(objects);
    }

    /// <summary>A link below the objects would let git read what is not part of the tree.</summary>
    private static string WhyNotObjects(DirectoryInfo objects)
    {
        try
        {
            var (pending, count) = (new Stack<DirectoryInfo>([objects]), 0);
            while (pending.TryPop(out var folder))
            {
                foreach (var entry in folder.EnumerateFileSystemInfos())
                {
                    if (entry.LinkTarget is not null || (entry.Attributes & (FileAttributes.ReparsePoint | FileAttributes.Device)) != 0)
                    {
                        return ".git/objects 里有链接，没有看";
                    }

                    if (++count > MostFiles)
                    {
                        return $".git/objects 里的文件多于 {MostFiles} 个，没有看；请先 git gc";
                    }

                    if (entry is DirectoryInfo inner)
                    {
                        pending.Push(inner);
                    }
                }
            }

            return "";
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return ".git/objects 无法列出";
        }
    }

    private static string Read(string git, string name)
    {
        try
        {
            return File.Exists(Path.Combine(git, name)) ? System.Text.Encoding.UTF8.GetString(FileTree.Open(git).Read(name, MostOfSettings)) : "";
        }
        catch (UnableException)
        {
            return "";
        }
    }

    private static bool UsesSha256(string config) => ObjectFormat().IsMatch(config);

    [GeneratedRegex(@"(?im)^[ \t]*objectformat[ \t]*=[ \t]*""?sha256", RegexOptions.NonBacktracking)]
    private static partial Regex ObjectFormat();

    [GeneratedRegex("^(?:[0-9a-f]{40}|[0-9a-f]{64})$", RegexOptions.NonBacktracking)]
    private static partial Regex ObjectId();
}
