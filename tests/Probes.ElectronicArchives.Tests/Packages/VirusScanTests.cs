using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>What a scanner says, and what it says nothing of.</summary>
public sealed class VirusScanTests
{
    private static readonly string[] Both = ["clamscan", "clamdscan"];

    [Fact]
    public async Task A_scan_without_a_finding_agrees_where_nothing_was_skipped_in_silence()
    {
        var tools = new Scripted("clamscan", 1, 0);
        var item = await InfectionAsync(tools);
        Assert.True(item.Agrees is { IsKnown: true, Value: true });
        Assert.Contains("--alert-exceeds-max=yes", tools.Calls[^1].Arguments);
        Assert.Contains("--alert-encrypted=yes", tools.Calls[^1].Arguments);
    }

    [Fact]
    public async Task The_daemon_skips_by_limits_that_are_not_seen_from_here()
    {
        var item = await InfectionAsync(new Scripted("clamdscan", 1, 0));
        Assert.False(item.Agrees.IsKnown);
        Assert.Contains(item.Open, o => o.Contains("clamdscan", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_finding_is_named()
    {
        var item = await InfectionAsync(new Scripted("clamscan", 1, 1, "/包/一.zip: Win.Test.EICAR_HDB-1 FOUND\n"));
        Assert.Equal("一.zip", Assert.Single(item.Differences).Place);
    }

    [Fact]
    public async Task What_was_too_large_or_encrypted_is_open_and_no_virus()
    {
        var item = await InfectionAsync(new Scripted("clamscan", 1, 1, "/包/一.zip: Heuristics.Limits.Exceeded.MaxFileSize FOUND\n/包/二.pdf: Heuristics.Encrypted.PDF FOUND\n"));
        Assert.Equal((0, false, 2), (item.DifferenceCount, item.Agrees.IsKnown, item.Open.Count));
    }

    [Fact]
    public async Task A_scan_that_broke_off_keeps_what_it_found()
    {
        var item = await InfectionAsync(new Scripted("clamscan", 1, 2, "/包/一.zip: X FOUND\n"));
        Assert.Equal(1, item.DifferenceCount);
        Assert.NotEmpty(item.Open);
        Assert.False((await InfectionAsync(new Scripted("clamscan", 1, 2))).Agrees.IsKnown);
        Assert.False((await InfectionAsync(new Scripted("clamscan", 1, 1))).Agrees.IsKnown);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_scanner_that_does_not_know_the_test_file_is_none(int self)
    {
        var tools = new Scripted("clamscan", self, 0);
        var item = await InfectionAsync(tools);
        Assert.True(!item.Agrees.IsKnown && item.AwaitsPeople.Value);
        Assert.DoesNotContain(tools.Calls, c => c.Arguments.Contains("/包"));
    }

    [Theory]
    [InlineData("ClamAV 1.4.6")]
    [InlineData("ClamAV 1.4.6/27500/Thu Jan  1 08:05:12 2026")]
    [InlineData("ClamAV 1.4.6/27500/Fri Apr  3 08:05:12 2026")]
    [InlineData("ClamAV 1.4.6/x/Tue Mar 31 08:05:12 2026")]
    [InlineData("")]
    public async Task Signatures_of_no_maker_or_of_long_ago_prove_nothing(string version)
    {
        var item = await InfectionAsync(new Scripted("clamscan", 1, 0) { Version = version });
        Assert.False(item.Agrees.IsKnown);
        Assert.Contains(item.Open, o => o.Contains("病毒库", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_scanner_at_all()
    {
        var tools = new Scripted("", 1, 0);
        Assert.True((await InfectionAsync(tools)).AwaitsPeople.Value);
        Assert.Equal(Both.Order(StringComparer.Ordinal), tools.Calls.Select(c => c.Program).Order(StringComparer.Ordinal));
    }

    private static async Task<ItemComparison> InfectionAsync(Scripted tools) =>
        (await VirusScan.OfAsync("/包", tools, Now, CancellationToken.None)).Infection.Build(ArchiveItems.VirusInfection, ArchiveStage.Archiving);

    private static readonly DateTimeOffset Now = new(2026, 4, 1, 2, 0, 0, TimeSpan.Zero);

    private sealed class Scripted(string program, int self, int exit, string output = "") : IToolRunner
    {
        public List<ToolCall> Calls { get; } = [];

        public string Version { get; init; } = "ClamAV 1.4.6/27957/Tue Mar 31 08:05:12 2026";

        public Task<ToolResult> RunAsync(ToolCall call, CancellationToken cancellationToken)
        {
            Calls.Add(call);
            return call.Program != program ? throw new UnableException(FailureKind.ToolMissing, $"没有 {call.Program}")
                : call.Arguments is ["--version"] ? Task.FromResult(new ToolResult(0, System.Text.Encoding.UTF8.GetBytes(Version + "\n"), [], OutputCut: false))
                : Task.FromResult(call.StandardInput is null ? new ToolResult(exit, System.Text.Encoding.UTF8.GetBytes(output), [], OutputCut: false) : new ToolResult(self, [], [], OutputCut: false));
        }
    }
}
