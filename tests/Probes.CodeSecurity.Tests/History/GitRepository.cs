using System.Text;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>A repository made by git itself, below a temporary folder.</summary>
internal sealed class GitRepository : IDisposable
{
    private static readonly ProcessToolRunner Tools = new();

    private readonly TemporaryFolder _folder = new();

    private GitRepository()
    {
    }

    public string Path => _folder.Path;

    public static async Task<GitRepository> CreateAsync(string format = "sha1")
    {
        var repository = new GitRepository();
        await repository.GitAsync("init", "-q", $"--object-format={format}", ".");
        return repository;
    }

    public string Write(string name, string text) => _folder.Write(name, text);

    public async Task CommitAsync(params IReadOnlyList<(string Path, string? Text)> files)
    {
        foreach (var (path, text) in files)
        {
            if (text is null)
            {
                File.Delete(_folder.File(path));
            }
            else
            {
                _folder.Write(path, text);
            }
        }

        await GitAsync("add", "-A");
        await GitAsync("commit", "-q", "--allow-empty", "-m", "change");
    }

    public async Task<string> GitAsync(params IReadOnlyList<string> arguments)
    {
        var call = new ToolCall(RequiredTool.FullPath("git"), ["-C", Path, "-c", "user.name=t", "-c", "user.email=t@example.cn", "-c", "commit.gpgsign=false", "-c", "core.autocrlf=false", .. arguments])
        {
            Environment = new Dictionary<string, string?>(StringComparer.Ordinal) { ["GIT_CONFIG_NOSYSTEM"] = "1", ["GIT_CONFIG_GLOBAL"] = "/dev/null", ["GIT_DIR"] = null, ["GIT_WORK_TREE"] = null },
        };
        var result = await Tools.RunAsync(call, CancellationToken.None);
        return result.ExitCode == 0 ? result.OutputText.Trim() : throw new InvalidOperationException(result.ErrorText);
    }

    public void Dispose()
    {
        // Git makes its objects read-only, which Windows does not delete.
        foreach (var file in new DirectoryInfo(Path).EnumerateFiles("*", SearchOption.AllDirectories).Where(f => f.LinkTarget is null))
        {
            file.IsReadOnly = false;
        }

        _folder.Dispose();
    }
}
