using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>Each exit code by a real run.</summary>
public sealed class ExitCodeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task Zero_where_all_is_verified_and_in_order_and_two_where_an_endpoint_cannot_be_reached()
    {
        Skip.If(RequiredTool.IsMissing("nginx"), "缺少 nginx");
        using var nginx = await NginxServer.StartAsync(TestCertificates.Ecdsa());
        var rules = Systems.SmallRules(_folder);
        Systems.Candidate(_folder, $"127.0.0.1:{nginx.Port}");
        (await SecurityCheck.RunAsync(_folder.Path, "run", "--rulesets", rules, "--no-pdf", "--out", "good")).With(0);
        (await SecurityCheck.RunAsync(_folder.Path, "verify", "good")).With(0);

        Systems.Candidate(_folder, $"127.0.0.1:{nginx.Port}", $"- id: closed\n  address: 127.0.0.1:{ChildServer.FreePort()}");
        var ended = (await SecurityCheck.RunAsync(_folder.Path, "run", "--rulesets", rules, "--no-pdf", "--out", "open", "--json")).With(2);
        var finished = ended.Lines[^1];
        Assert.Equal("needsReview", finished.GetProperty("gate").GetProperty("outcome").GetString());
        Assert.Contains("未核验", finished.GetProperty("gate").GetProperty("sentence").GetString(), StringComparison.Ordinal);
        (await SecurityCheck.RunAsync(_folder.Path, "run", "--rulesets", rules, "--no-pdf", "--out", "strict", "--fail-on", "unverified")).With(1);
        (await SecurityCheck.RunAsync(_folder.Path, "run", "--no-pdf", "--out", "good")).With(3);
    }

    [Theory]
    [InlineData("candidate.yaml(7,12): address", "run", "bad.yaml")]
    [InlineData("none.yaml(1,1): 文件读不了：不存在", "run", "none.yaml")]
    [InlineData("不认识的命令或参数 --nonsense", "run", "candidate.yaml", "--nonsense")]
    [InlineData("不认识的命令或参数 inspect", "inspect")]
    [InlineData("缺少子命令", "rules")]
    [InlineData("缺少参数", "verify")]
    [InlineData("--fail-on 的值 everything 不对", "run", "candidate.yaml", "--fail-on", "everything")]
    [InlineData("没有验收办法 nowhere", "run", "candidate.yaml", "--profile", "nowhere")]
    [InlineData("county.yaml(5,10): 没有验收办法 some-county；应为其中之一：jiyuan、lanzhou-2021、luojiang-2025、shangrao-2020、xx-county；例如 profile: jiyuan", "run", "county.yaml")]
    [InlineData("units.yaml(11,18): 没有测评单元 NET-9；应为NET-1（最接近", "run", "units.yaml")]
    [InlineData("规则目录不存在", "run", "candidate.yaml", "--rulesets", "no-rules")]
    [InlineData("不能用", "run", "candidate.yaml", "--sign-key", "candidate.yaml")]
    [InlineData("不接受明文口令", "run", "candidate.yaml", "--sign-key", "candidate.yaml", "--sign-key-password", "hunter2")]
    [InlineData("没有演示 excellent", "demo", "--variant", "excellent")]
    [InlineData("不是本机回环地址", "tlcp-proxy", "--listen", "0.0.0.0:8080", "--to", "127.0.0.1:443")]
    [InlineData("不是监听地址", "tlcp-proxy", "--listen", "8080", "--to", "127.0.0.1:443")]
    [InlineData("--to", "tlcp-proxy", "--listen", "127.0.0.1:0")]
    [InlineData("涉密", "run", "classified.yaml")]
    [InlineData("unknown.yaml(5,1): 不认识的键 classifid；应为classified（其余可用", "run", "unknown.yaml")]
    [InlineData("；例如 classified: false", "run", "unknown.yaml")]
    public async Task Three_where_what_was_asked_is_wrong_and_nothing_is_contacted(string says, params string[] arguments)
    {
        await using var server = Systems.Http("HTTP/1.1 200 OK");
        Systems.Candidate(_folder, $"http://127.0.0.1:{server.Port}");
        Systems.Candidate(_folder, "127.0.0.1:70000", name: "bad.yaml");
        var classified = await File.ReadAllTextAsync(_folder.File("candidate.yaml"));
        _folder.Write("county.yaml", classified.Replace("classified: false", "classified: false\nprofile: some-county", StringComparison.Ordinal));
        _folder.Write("units.yaml", $"{classified.TrimEnd()}\ncryptoObjects:\n- id: channel\n  title: 通道\n  units: [NET-2, NET-9]\n  targets: [endpoint:web]\n");
        _folder.Write("classified.yaml", classified.Replace("classified: false", "classified: true", StringComparison.Ordinal));
        _folder.Write("unknown.yaml", classified.Replace("classified: false", "classified: false\nclassifid: true", StringComparison.Ordinal));
        var ended = (await SecurityCheck.RunAsync(_folder.Path, arguments)).With(3);
        Assert.Contains(says.Replace("candidate.yaml(7", "bad.yaml(7", StringComparison.Ordinal), ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", ended.Error, StringComparison.Ordinal);
        Assert.Empty(ended.Output);
        Assert.Equal(0, server.Accepted);
        Assert.False(Directory.Exists(_folder.File("packs")));
    }

    /// <summary>What was written then was no pack, and there is no folder with a mark to look for.</summary>
    [SkippableFact]
    public async Task Four_where_a_result_cannot_be_written_and_only_a_run_speaks_of_an_unfinished_pack()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "缺少 /dev/full");
        await using var server = Systems.Http("HTTP/1.1 200 OK");
        var ended = (await SecurityCheck.RunAsync(_folder.Path, "probe", "tls", $"127.0.0.1:{server.Port}", "--json", "/dev/full")).With(4);
        Assert.Contains("写盘失败", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("INCOMPLETE", ended.Error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_full_disk_ends_a_run_with_four_and_names_the_unfinished_folder()
    {
        Skip.If(!OperatingSystem.IsLinux() || RequiredTool.IsRootMissing() || RequiredTool.IsMissing("mount"), "缺少 Linux、root 或 mount");
        var mount = Directory.CreateDirectory(_folder.File("disk")).FullName;
        Skip.IfNot(await CallAsync("mount", "-t", "tmpfs", "-o", "size=600k", "none", mount), "缺少挂载 tmpfs 的权限");
        try
        {
            Systems.Candidate(_folder, $"127.0.0.1:{ChildServer.FreePort()}");
            var ended = (await SecurityCheck.RunAsync(_folder.Path, "run", "--no-pdf", "--out", Path.Combine(mount, "pack"))).With(4);
            Assert.Contains($"{Path.Combine(mount, "pack")} 带有 INCOMPLETE 标记", ended.Error, StringComparison.Ordinal);
            Assert.Contains("写盘失败", ended.Error, StringComparison.Ordinal);
            (await SecurityCheck.RunAsync(_folder.Path, "verify", Path.Combine(mount, "pack"))).With(1);
        }
        finally
        {
            await CallAsync("umount", mount);
        }
    }

    private static async Task<bool> CallAsync(string program, params IReadOnlyList<string> arguments)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }

    [SkippableFact]
    public async Task A_candidate_from_a_pipe_is_read()
    {
        Skip.If(OperatingSystem.IsWindows(), "缺少 /dev/stdin");
        var yaml = await File.ReadAllTextAsync(Systems.Candidate(_folder, $"127.0.0.1:{ChildServer.FreePort()}"));
        (await SecurityCheck.RunAsync(_folder.Path, yaml, ["run", "/dev/stdin", "--no-pdf", "--out", "piped"])).With(2);
        Assert.Equal(yaml, await File.ReadAllTextAsync(_folder.File("piped/candidate.yaml")));
    }

    [SkippableFact]
    public async Task A_pipe_that_nobody_writes_to_is_refused_by_name_and_not_waited_for()
    {
        Skip.If(OperatingSystem.IsWindows(), "缺少 mkfifo");
        var yaml = Systems.Candidate(_folder, $"127.0.0.1:{ChildServer.FreePort()}");
        await OddFiles.PipeAsync(_folder.File("pipe.yaml"));
        Assert.Contains("pipe.yaml(1,1): 文件读不了：不是普通文件", (await SecurityCheck.RunAsync(_folder.Path, "run", "pipe.yaml")).With(3).Error, StringComparison.Ordinal);
        Systems.SmallRules(_folder);
        await OddFiles.PipeAsync(_folder.File("small-rules/tls/odd.yaml"));
        Assert.Contains("tls/odd.yaml(1,1): 文件读不了：不是普通文件", (await SecurityCheck.RunAsync(_folder.Path, "run", yaml, "--rulesets", "small-rules")).With(3).Error, StringComparison.Ordinal);

        (await SecurityCheck.RunAsync(_folder.Path, "run", yaml, "--no-pdf", "--out", "pack")).With(2);
        foreach (var (file, command) in new[] { ("judgement.json", "report"), ("run.json", "judge"), ("candidate.yaml", "judge") })
        {
            File.Move(_folder.File($"pack/{file}"), _folder.File("aside"));
            await OddFiles.PipeAsync(_folder.File($"pack/{file}"));
            Assert.Contains(file, (await SecurityCheck.RunAsync(_folder.Path, "verify", "pack")).With(1).Error, StringComparison.Ordinal);
            Assert.Contains(file, (await SecurityCheck.RunAsync(_folder.Path, command, "pack")).With(3).Error, StringComparison.Ordinal);
            Assert.Contains(file, (await SecurityCheck.RunAsync(_folder.Path, command, "pack", "--unsealed")).With(3).Error, StringComparison.Ordinal);
            File.Delete(_folder.File($"pack/{file}"));
            File.Move(_folder.File("aside"), _folder.File($"pack/{file}"));
        }

        (await SecurityCheck.RunAsync(_folder.Path, "verify", "pack")).With(0);
    }

    [SkippableFact]
    public async Task One_hundred_and_thirty_where_it_was_interrupted_and_the_pack_says_so()
    {
        Skip.If(OperatingSystem.IsWindows(), "缺少 kill");
        await using var tarpit = Systems.Tarpit();
        Systems.Candidate(_folder, $"127.0.0.1:{tarpit.Port}");
        using var running = SecurityCheck.Start(_folder.Path, "run", "--no-pdf", "--out", "pack", "--json");
        await SecurityCheck.UntilAsync(() => tarpit.Accepted > 0);
        running.Signal("INT");
        var ended = (await running.EndAsync()).With(130);
        Assert.Equal("cancelled", ended.Lines[^1].GetProperty("completion").GetString());
        var verified = (await SecurityCheck.RunAsync(_folder.Path, "verify", "pack", "--json")).With(2);
        Assert.Equal("cancelled", verified.Json.GetProperty("completion").GetString());
        Assert.Contains("被中断", verified.Json.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Everything is measured: an interruption stops nothing any more, the pack is complete, and nobody is told otherwise. SIGTERM, as a background job ignores SIGINT.</summary>
    [SkippableFact]
    public async Task An_interruption_while_reports_are_written_is_told_as_what_it_is()
    {
        Skip.If(OperatingSystem.IsWindows(), "缺少 kill");
        Skip.If(RequiredTool.IsMissing("chromium"), "缺少 chromium");
        await using var server = Systems.Http("HTTP/1.1 200 OK");
        Systems.Candidate(_folder, $"127.0.0.1:{server.Port}");
        using var running = SecurityCheck.Start(_folder.Path, "run", "--out", "pack");
        await running.UntilSaysAsync("报告 …");
        running.Signal("TERM");
        var ended = await running.EndAsync();

        Assert.NotEqual(130, ended.ExitCode);
        // Through whoever shows the run, so that no bar paints over it.
        Assert.Contains("注意：收到中断：探测已经全部做完", ended.Error, StringComparison.Ordinal);
        Assert.Contains("report.pdf 可能因此没有", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("已中断", ended.Error + ended.Output, StringComparison.Ordinal);
        var verified = await SecurityCheck.RunAsync(_folder.Path, "verify", "pack", "--json");
        Assert.Equal("complete", verified.Json.GetProperty("completion").GetString());
    }

    [SkippableFact]
    public async Task A_second_interruption_ends_it_at_once_and_leaves_no_pack()
    {
        Skip.If(OperatingSystem.IsWindows(), "缺少 kill");
        Skip.If(RequiredTool.IsMissing("chromium"), "缺少 chromium");
        await using var tarpit = Systems.Tarpit();
        Systems.Candidate(_folder, $"127.0.0.1:{tarpit.Port}");
        using var running = SecurityCheck.Start(_folder.Path, "run", "--out", "pack");
        await SecurityCheck.UntilAsync(() => tarpit.Accepted > 0);
        running.Signal("INT");
        await running.UntilSaysAsync("报告 …");
        running.Signal("INT");
        (await running.EndAsync()).With(130);
        Assert.True(File.Exists(_folder.File("pack/INCOMPLETE")));
        (await SecurityCheck.RunAsync(_folder.Path, "verify", "pack")).With(1);
    }

    [SkippableFact]
    public async Task A_killed_run_is_never_taken_for_a_complete_one()
    {
        Skip.If(OperatingSystem.IsWindows(), "缺少 kill");
        await using var tarpit = Systems.Tarpit();
        Systems.Candidate(_folder, $"127.0.0.1:{tarpit.Port}");
        using var running = SecurityCheck.Start(_folder.Path, "run", "--no-pdf", "--out", "pack");
        await SecurityCheck.UntilAsync(() => tarpit.Accepted > 0);
        running.Signal("KILL");
        await running.EndAsync();
        Assert.True(File.Exists(_folder.File("pack/INCOMPLETE")));
        var verified = (await SecurityCheck.RunAsync(_folder.Path, "verify", "pack")).With(1);
        Assert.Contains("没有完成", verified.Error, StringComparison.Ordinal);
    }
}
