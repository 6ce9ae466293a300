using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>A folder <c>root</c> that a shell can be shut into: busybox with all it brings, and other shells where asked.</summary>
internal static class BareRoot
{
    public static async Task InstallAsync(TemporaryFolder folder, params IReadOnlyList<string> shells)
    {
        var busybox = await AddAsync(folder, "busybox");
        Directory.CreateDirectory(folder.File("root/tmp"));
        folder.Write("root/dev/null", "");
        foreach (var applet in (await new ProcessToolRunner().RunAsync(new ToolCall(busybox, ["--list"]), CancellationToken.None)).OutputText.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(a => a != "busybox"))
        {
            File.CreateSymbolicLink(folder.File($"root/bin/{applet}"), "busybox");
        }

        foreach (var shell in shells.Where(s => s != "busybox"))
        {
            await AddAsync(folder, shell);
        }
    }

    private static async Task<string> AddAsync(TemporaryFolder folder, string program)
    {
        var tools = new ProcessToolRunner();
        var path = (await tools.RunAsync(new ToolCall("sh", ["-c", $"command -v {program}"]), CancellationToken.None)).OutputText.Trim();
        var libraries = (await tools.RunAsync(new ToolCall("ldd", [path]), CancellationToken.None)).OutputText;
        foreach (var library in libraries.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(w => w.StartsWith('/') && File.Exists(w)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.File("root" + library))!);
            File.Copy(library, folder.File("root" + library), overwrite: true);
        }

        Directory.CreateDirectory(folder.File("root/bin"));
        File.Copy(path, folder.File($"root/bin/{program}"), overwrite: true);
        return path;
    }
}
