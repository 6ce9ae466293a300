using System.Net;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Exposure.Tests;

public sealed class PortScanTests
{
    [SkippableTheory]
    [InlineData(ScanTool.Nmap)]
    [InlineData(ScanTool.Connect)]
    public async Task Both_ways_of_looking_find_the_same_ports_and_what_is_not_declared(ScanTool tool)
    {
        Skip.If(RequiredTool.IsMissing("redis-server") || RequiredTool.IsMissing("nmap"));
        using var redis = await LocalServices.RedisAsync();
        var closed = ChildServer.FreePort();
        var (outcome, evidence) = await Looking.AtAsync(new PortScanProbe(), Looking.Host(tool, redis.Port, closed) with { DeclaredPorts = [closed] }, tables: Looking.Moved("redis", redis.Port));
        var data = Looking.Data(outcome);
        var open = Assert.Single(data.GetProperty("open").EnumerateArray());
        Assert.Equal(redis.Port, open.GetProperty("port").GetInt32());
        Assert.Equal("redis", open.GetProperty("service").GetString());
        Assert.True(data.GetProperty("hasUnexpected").GetBoolean());
        Assert.True(data.GetProperty("dataStore").GetProperty("isOpen").GetBoolean());
        Assert.Equal(PortRanges.Write([.. new[] { redis.Port, closed }.Order()]), data.GetProperty("lookedAt").GetString());
        Assert.False(data.GetProperty("console").TryGetProperty("isOpen", out _), "ports of consoles were not looked at");
        Assert.Single(evidence.Files);
    }

    [Fact]
    public async Task Without_nmap_our_own_connections_are_used_and_with_nmap_alone_nothing_is()
    {
        await using var server = new ScriptedServer(c => c.LingerAsync());
        var (outcome, _) = await Looking.AtAsync(new PortScanProbe(), Looking.Host(ScanTool.Auto, server.Port), new NoTools());
        Assert.Equal("内置连接扫描", Looking.Data(outcome).GetProperty("tool").GetString());
        Assert.Equal(FailureKind.ToolMissing, Assert.IsType<Unable>((await Looking.AtAsync(new PortScanProbe(), Looking.Host(ScanTool.Nmap, server.Port), new NoTools())).Outcome).Kind);
    }

    [Theory]
    [InlineData("<nmaprun version='7.9'><host><address addr='127.0.0.1' addrtype='ipv4'/><ports><port protocol='tcp' portid='23'><state state='open'/></port></ports></host>")]
    [InlineData("nothing of the kind")]
    [InlineData("<!DOCTYPE nmaprun [<!ENTITY a 'b'>]><nmaprun>&a;</nmaprun>")]
    public async Task Output_that_breaks_off_is_no_scan(string output)
    {
        var (outcome, _) = await Looking.AtAsync(new PortScanProbe(), Looking.Host(ScanTool.Nmap, 23), new SayingTool(output));
        Assert.Equal(FailureKind.BadInput, Assert.IsType<Unable>(outcome).Kind);
    }

    [Fact]
    public async Task A_scan_nmap_gave_up_proves_what_it_saw_and_nothing_more()
    {
        const string Output = "<nmaprun version='7.93'><host timedout='true'><address addr='127.0.0.1' addrtype='ipv4'/><ports><port protocol='tcp' portid='23'><state state='open'/></port></ports></host><runstats><finished exit='success'/></runstats></nmaprun>";
        var data = Looking.Data((await Looking.AtAsync(new PortScanProbe(), Looking.Host(ScanTool.Nmap, [.. Looking.Tables[0].Ports.Select(p => p.Port)]), new SayingTool(Output))).Outcome);
        Assert.True(data.GetProperty("clearTextLogin").GetProperty("isOpen").GetBoolean());
        Assert.False(data.GetProperty("dataStore").TryGetProperty("isOpen", out _));
        Assert.False(data.TryGetProperty("open", out _));
    }

    [Fact]
    public async Task That_nothing_undeclared_is_open_needs_every_port_of_the_table()
    {
        await using var server = new ScriptedServer(c => c.LingerAsync());
        var one = Looking.Data((await Looking.AtAsync(new PortScanProbe(), Looking.Host(ScanTool.Connect, server.Port) with { DeclaredPorts = [server.Port] })).Outcome);
        Assert.False(one.TryGetProperty("hasUnexpected", out _));
        var all = Looking.Host(ScanTool.Connect, [.. Looking.Tables.SelectMany(t => t.Ports).Select(p => p.Port).Append(server.Port).Distinct()]);
        var whole = Looking.Data((await Looking.AtAsync(new PortScanProbe(), all with { DeclaredPorts = [.. all.Ports!] })).Outcome);
        Assert.False(whole.GetProperty("hasUnexpected").GetBoolean());
    }

    [Fact]
    public async Task A_machine_that_answers_nothing_is_not_a_machine_without_open_ports()
    {
        const string Output = "<nmaprun version='7.93'><host><address addr='127.0.0.1' addrtype='ipv4'/><ports><extraports state='filtered' count='1'/></ports></host><runstats><finished exit='success'/></runstats></nmaprun>";
        Assert.Equal(FailureKind.Unreachable, Assert.IsType<Unable>((await Looking.AtAsync(new PortScanProbe(), Looking.Host(ScanTool.Nmap, 23), new SayingTool(Output))).Outcome).Kind);
    }

    [Fact]
    public async Task A_name_that_nmap_would_take_for_a_range_never_reaches_it()
    {
        var tool = new SayingTool("<nmaprun/>");
        var (outcome, _) = await Looking.AtAsync(new PortScanProbe(), Looking.Host(ScanTool.Nmap, 23) with { Address = "127.0.0.1-5" }, tool);
        Assert.Equal(FailureKind.Unreachable, Assert.IsType<Unable>(outcome).Kind);
        Assert.Empty(tool.Calls);
        Assert.Equal("127.0.0.1", NmapScan.Arguments(IPAddress.Loopback, [23], TimeSpan.FromSeconds(9))[^1]);
    }

    [Fact]
    public void What_a_port_says_outweighs_its_number()
    {
        var naming = new PortNaming(Looking.Tables);
        Assert.Equal("ssh", naming.Find(new FoundPort(3306, "ssh", false, null, null))!.Service);
        Assert.Equal("redis", naming.Find(new FoundPort(8080, "redis", false, null, null))!.Service);
        Assert.Equal("elasticsearch", naming.Find(new FoundPort(8080, "http", false, "Elasticsearch REST API", null))!.Service);
        Assert.Equal("kibana", naming.Find(new FoundPort(5601, "http", false, null, null))!.Service);
        Assert.Equal("mysql", naming.Find(new FoundPort(3306, null, false, null, null))!.Service);
        Assert.Null(naming.Find(new FoundPort(40_000, null, false, null, null)));
    }

    [Fact]
    public void No_mutant_of_a_result_escapes_the_reader()
    {
        var original = "<?xml version=\"1.0\"?><!DOCTYPE nmaprun><nmaprun scanner=\"nmap\" start=\"1700000000\" version=\"7.93\"><scaninfo type=\"connect\" protocol=\"tcp\" services=\"22,80\"/><host><status state=\"up\"/><address addr=\"10.0.0.5\" addrtype=\"ipv4\"/><hostnames><hostname name=\"app.example.cn\"/></hostnames><ports><extraports state=\"closed\" count=\"1\"/><port protocol=\"tcp\" portid=\"22\"><state state=\"open\"/><service name=\"ssh\" product=\"OpenSSH\" version=\"9.2\" method=\"probed\"/></port></ports></host><runstats><finished exit=\"success\"/></runstats></nmaprun>"u8.ToArray();
        var whole = NmapXml.Read(original, CancellationToken.None);
        Assert.Equal(("OpenSSH", true, 1), (whole.Hosts[0].Ports[0].Product, whole.IsFinished, whole.Hosts[0].Count("closed")));
        var seed = new SeededBytes(20_261_126);
        var read = 0;
        for (var i = 0; i < 3000; i++)
        {
            try
            {
                NmapXml.Read(seed.Mutate(original), CancellationToken.None);
                read++;
            }
            catch (UnableException)
            {
                // The one way out there is.
            }
        }

        Assert.InRange(read, 10, 2900);
    }

    private sealed class NoTools : IToolRunner
    {
        public Task<ToolResult> RunAsync(ToolCall call, CancellationToken cancellationToken) => throw new UnableException(FailureKind.ToolMissing, "没有找到外部程序");
    }

    private sealed class SayingTool(string output) : IToolRunner
    {
        public List<ToolCall> Calls { get; } = [];

        public Task<ToolResult> RunAsync(ToolCall call, CancellationToken cancellationToken)
        {
            Calls.Add(call);
            return Task.FromResult(new ToolResult(0, System.Text.Encoding.UTF8.GetBytes(output), [], false));
        }
    }
}
