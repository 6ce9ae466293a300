using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Pipeline.Tests;

/// <summary>What may be scanned is one machine an entry, named and never meant.</summary>
public sealed class ExposureTests : IDisposable
{
    private readonly FullCandidate _full = new();

    public void Dispose() => _full.Dispose();

    [Theory]
    [InlineData("address: 10.0.0.5\n  host", "address: 10.0.0.0/24\n  host", "address 不是一台主机")]
    [InlineData("address: 10.0.0.5\n  host", "address: 10.0.0.5,10.0.0.6\n  host", "address 不是一台主机")]
    [InlineData("address: 10.0.0.5\n  host", "address: 10.0.0.*\n  host", "address 不是一台主机")]
    [InlineData("address: 10.0.0.5\n  host", "address: 10.0.0.5:22\n  host", "address 不是一台主机")]
    [InlineData("address: 10.0.0.5\n  host", "address: -iL\n  host", "address 不是一台主机")]
    [InlineData("ports: [22, 8000-8010]", "ports: [8010-8000]", "ports 的这一项不对")]
    [InlineData("scan: [1-1024]", "scan: [0-70000]", "scan 的这一项不对")]
    [InlineData("scan: [1-1024]", "scan: []", "scan 是空的")]
    [InlineData("  host: app\n  ports", "  host: elsewhere\n  ports", "host elsewhere 不在 hosts 里")]
    [InlineData("  host: app\n  path", "  host: elsewhere\n  path", "host elsewhere 不在 hosts 里")]
    [InlineData("sourceTree: portal-src", "sourceTree: elsewhere", "sourceTree elsewhere 不在 sourceTrees 里")]
    [InlineData("tool: lynis", "tool: nessus", "tool 的值 nessus 不在可选范围")]
    public void A_mistake_is_named(string right, string wrong, string message)
    {
        Assert.Contains(right, FullCandidate.Text, StringComparison.Ordinal);
        Assert.Contains(_full.FaultsOf(FullCandidate.Text.Replace(right, wrong, StringComparison.Ordinal)), f => f.Message.StartsWith(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("::1", "::1")]
    [InlineData("[2001:db8::5]", "2001:db8::5")]
    [InlineData("app.example.cn", "app.example.cn")]
    public void One_machine_is_one_address(string written, string address) =>
        Assert.Equal(address, ExposureReader.Named(written, 1, (null, "22", ScanTool.Auto)).Address);

    [Fact]
    public void All_ports_of_it_are_in_scope_and_no_other_machine()
    {
        var scope = Scope.Of([ExposureReader.Named("10.0.0.5", 1, ("22,443", null, ScanTool.Connect))]);
        Assert.True(scope.Allows("10.0.0.5", 6379));
        Assert.False(scope.Allows("10.0.0.6", 6379));
    }

    [Fact]
    public void No_port_declared_is_not_the_same_as_nothing_said()
    {
        Assert.Empty(_full.Read(FullCandidate.Text.Replace("ports: [22, 8000-8010]", "ports: []", StringComparison.Ordinal)).Exposure[0].DeclaredPorts!);
        Assert.Null(_full.Read(FullCandidate.Text.Replace("  ports: [22, 8000-8010]\n", "", StringComparison.Ordinal)).Exposure[0].DeclaredPorts);
        Assert.Throws<InputFaultException>(() => ExposureReader.Named("10.0.0.0/24", 1, (null, null, ScanTool.Auto)));
    }
}
