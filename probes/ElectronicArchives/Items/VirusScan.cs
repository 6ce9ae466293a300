using System.Globalization;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Items 4-1 and 4-2 by clamav, where it is installed and finds the test file of the industry.</summary>
internal sealed class VirusScan
{
    /// <summary>What clamav calls a file that it did not look through: too large, too deep, encrypted.</summary>
    private static readonly string[] Unseen = ["Heuristics.Limits.Exceeded", "Heuristics.Encrypted"];

    /// <summary>The daemon's limits and what it skips are its own settings; it is asked only where the program is not to be had.</summary>
    private static readonly string[] Programs = ["clamscan", "clamdscan"];

    private static readonly TimeSpan OldestBase = TimeSpan.FromDays(30);

    /// <summary>Clocks and zones of makers may differ from ours by no more.</summary>
    private static readonly TimeSpan AheadOfUs = TimeSpan.FromDays(1);

    public ItemTally Presence { get; } = new("归档系统主机的杀毒软件与病毒库日期", "已安装，病毒库在更新");

    public ItemTally Infection { get; } = new("信息包的字节", "病毒库的特征（以 EICAR 自检）");

    /// <summary>What is known without a scanner: the test file of the industry is to be refused by everybody, and programs are no records.</summary>
    public void Look(BatchReading batch)
    {
        foreach (var package in batch.Packages.Where(p => p.Eep is not null))
        {
            Infection.CouldNot($"{package.Name}：查毒不解开封装包里的 Base64，其中的文件没有查");
        }

        foreach (var (package, file) in batch.Packages.SelectMany(p => p.Contents.Select(f => (p, f))))
        {
            if (file.Format?.IsTestVirus == true)
            {
                Infection.Differ($"{package.Name} {file.Path}", "EICAR 测试病毒", "没有病毒");
            }
            else if (file.Format is { IsRunnable: true } or { Vetoes.Count: > 0 })
            {
                Infection.Remark($"{package.Name} {file.Path}：{(file.Format.IsRunnable ? file.Format.Title : string.Join("、", file.Format.Vetoes ?? []))}");
            }
        }
    }

    public static async Task<VirusScan> OfAsync(string path, IToolRunner tools, DateTimeOffset now, CancellationToken stop)
    {
        var scan = new VirusScan();
        foreach (var program in Programs)
        {
            try
            {
                if (await scan.WithAsync(program, path, tools, now, stop))
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

    private async Task<bool> WithAsync(string program, string path, IToolRunner tools, DateTimeOffset now, CancellationToken stop)
    {
        var own = await tools.RunAsync(new ToolCall(program, ["--no-summary", "-"]) { StandardInput = SampleContents.Eicar(), Timeout = TimeSpan.FromMinutes(2) }, stop);
        if (own.ExitCode != 1)
        {
            return false;
        }

        Presence.LeaveToPeople($"运行本工具的机器有 {program} 并能查出 EICAR，但它不是归档系统的主机；由主机取证或人说明");
        var version = await tools.RunAsync(new ToolCall(program, ["--version"]) { Timeout = TimeSpan.FromMinutes(2) }, stop);
        Base(version.OutputText.Trim(), now);
        string[] arguments = program == "clamscan"
            ? ["--no-summary", "--infected", "--recursive", "--max-dir-recursion=1000", "--alert-exceeds-max=yes", "--alert-encrypted=yes", "--", path]
            : ["--no-summary", "--infected", "--fdpass", "--", path];
        var found = await tools.RunAsync(new ToolCall(program, arguments) { Timeout = TimeSpan.FromMinutes(30) }, stop);
        if (found.ExitCode is not (0 or 1))
        {
            Infection.CouldNot($"{program} 没有扫完：{ItemTally.Shown(found.ErrorText)}");
        }

        Read(program, path, found);
        return true;
    }

    /// <summary>A list of signatures that knows the test file and nothing else passes the test of itself; the makers' has a number and a day.</summary>
    private void Base(string version, DateTimeOffset now)
    {
        if (version.Split('/') is not [_, var number, var day] || !number.All(char.IsAsciiDigit) || number.Length is 0 or > 9
            || !DateTimeOffset.TryParseExact(day, ["ddd MMM d HH:mm:ss yyyy", "ddd MMM  d HH:mm:ss yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var made))
        {
            Infection.CouldNot($"clamav 没有说出病毒库的版本与日期（{ItemTally.Shown(version)}）：装的不是官方病毒库，或没有装全，没有发现不等于没有病毒");
        }
        else if (made - now > AheadOfUs)
        {
            Infection.CouldNot(string.Create(CultureInfo.InvariantCulture, $"病毒库写的日期是 {made:yyyy-MM-dd}（{number}），在将来：病毒库或本机的时钟不对，病毒库有多旧不知道"));
        }
        else if (now - made > OldestBase)
        {
            Infection.CouldNot(string.Create(CultureInfo.InvariantCulture, $"病毒库是 {made:yyyy-MM-dd} 的（{number}），已过 {OldestBase.Days} 天，新的病毒查不出来"));
        }
    }

    private void Read(string program, string path, ToolResult found)
    {
        var lines = found.OutputText.Split('\n').Where(l => l.EndsWith("FOUND", StringComparison.Ordinal)).ToList();
        foreach (var line in lines)
        {
            var place = Path.GetRelativePath(path, line[..Math.Max(0, line.LastIndexOf(':'))]);
            var what = line[(line.LastIndexOf(':') + 1)..].Trim();
            if (Array.Exists(Unseen, u => what.StartsWith(u, StringComparison.Ordinal)))
            {
                Infection.CouldNot($"{place}：{program} 没有看完（{what}）");
            }
            else
            {
                Infection.Differ(place, what, "没有病毒");
            }
        }

        if (found.OutputCut || (found.ExitCode == 1 && lines.Count == 0))
        {
            Infection.CouldNot($"{program} 报告的内容没有读全");
        }

        if (found.ExitCode == 0)
        {
            Infection.Same();
        }

        if (program == "clamdscan")
        {
            Infection.CouldNot("clamdscan 按 clamd 自己的上限跳过大文件与加密文件，不说跳过了什么；没有报告不等于都查过");
        }
    }
}
