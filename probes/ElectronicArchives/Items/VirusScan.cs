using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Items 4-1 and 4-2 by clamav, where it is installed and finds the test file of the industry.</summary>
internal sealed class VirusScan
{
    private static readonly string[] Programs = ["clamdscan", "clamscan"];

    public ItemTally Presence { get; } = new("归档系统主机的杀毒软件与病毒库日期", "已安装，病毒库在更新");

    public ItemTally Infection { get; } = new("信息包的字节", "病毒库的特征（以 EICAR 自检）");

    /// <summary>What is known without a scanner: the test file of the industry is to be refused by everybody, and programs are no records.</summary>
    public void Look(BatchReading batch)
    {
        foreach (var (package, file) in batch.Packages.SelectMany(p => p.Contents.Select(f => (p, f))))
        {
            if (file.Format?.IsTestVirus == true)
            {
                Infection.Differ($"{package.Name} {file.Path}", "EICAR 测试病毒", "没有病毒");
            }
            else if (file.Format is { IsRunnable: true } or { Vetoes.Count: > 0 })
            {
                Infection.Remark($"{package.Name} {file.Path}：{(file.Format.IsRunnable ? file.Format.Title : string.Join("、", file.Format.Vetoes))}");
            }
        }
    }

    public static async Task<VirusScan> OfAsync(string path, IToolRunner tools, CancellationToken stop)
    {
        var scan = new VirusScan();
        foreach (var program in Programs)
        {
            try
            {
                if (await scan.WithAsync(program, path, tools, stop))
                {
                    return scan;
                }
            }
            catch (UnableException unable) when (unable.Kind == FailureKind.ToolMissing)
            {
                // The next one may be installed.
            }
        }

        scan.Presence.LeaveToPeople("看信息包看不出归档系统装了什么，由主机取证或人说明");
        scan.Infection.LeaveToPeople("本机没有能用的 clamav，没有查毒；可以附归档系统的查毒记录");
        return scan;
    }

    private async Task<bool> WithAsync(string program, string path, IToolRunner tools, CancellationToken stop)
    {
        var own = await tools.RunAsync(new ToolCall(program, ["--no-summary", "-"]) { StandardInput = SampleContents.Eicar(), Timeout = TimeSpan.FromMinutes(2) }, stop);
        if (own.ExitCode != 1)
        {
            return false;
        }

        Presence.LeaveToPeople($"运行本工具的机器有 {program} 并能查出 EICAR，但它不是归档系统的主机；由主机取证或人说明");
        string[] arguments = program == "clamscan" ? ["--no-summary", "--infected", "--recursive", "--", path] : ["--no-summary", "--infected", "--fdpass", "--", path];
        var found = await tools.RunAsync(new ToolCall(program, arguments) { Timeout = TimeSpan.FromMinutes(30) }, stop);
        if (found.ExitCode is not (0 or 1))
        {
            Infection.CouldNot($"{program} 没有扫完：{ItemTally.Shown(found.ErrorText)}");
            return true;
        }

        foreach (var line in found.OutputText.Split('\n').Where(l => l.EndsWith("FOUND", StringComparison.Ordinal)))
        {
            Infection.Differ(Path.GetRelativePath(path, line[..Math.Max(0, line.LastIndexOf(':'))]), line[(line.LastIndexOf(':') + 1)..].Trim(), "没有病毒");
        }

        if (found.ExitCode == 0)
        {
            Infection.Same();
        }

        return true;
    }
}
