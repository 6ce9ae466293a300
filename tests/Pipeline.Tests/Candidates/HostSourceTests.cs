using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Pipeline.Tests;

/// <summary>Where a host is looked at: exactly one place, and only ssh belongs to the scope.</summary>
public sealed class HostSourceTests : IDisposable
{
    private const string Head = "candidate: c\nname: n\nkind: other\nclassified: false\nhosts:\n";

    private readonly FullCandidate _full = new();

    public void Dispose() => _full.Dispose();

    [Fact]
    public void Each_source_is_read_and_only_ssh_is_contacted()
    {
        var candidate = _full.Read(FullCandidate.Text);
        Assert.Equal(["10.0.0.5", null, null, null], candidate.Hosts.Select(h => h.Address));
        Assert.Equal(("db.tgz", "image", true), (Path.GetFileName(candidate.Hosts[1].Bundle), Path.GetFileName(candidate.Hosts[2].Root), candidate.Hosts[3].Local));
        Assert.Equal("本机", candidate.Hosts[3].Place);
        Assert.Equal("postgresql.txt", Path.GetFileName(Assert.Single(candidate.Hosts[1].Databases)));
        var alone = Assert.Single(_full.Read(Head + "- id: db\n  databases: [collected/postgresql.txt]\n").Hosts);
        Assert.Equal(("postgresql.txt", false), (Path.GetFileName(alone.Place), alone.Local));
        var scope = Scope.Of(candidate);
        Assert.True(scope.Allows("10.0.0.5", 22));
        Assert.False(scope.Allows("", 22) || scope.Allows("127.0.0.1", 22));
    }

    [Theory]
    [InlineData("- id: a\n", 6, "没有说明从哪里看")]
    [InlineData("- id: a\n  address: 10.0.0.5\n  local: true\n", 8, "同时写了 address、local")]
    [InlineData("- id: a\n  bundle: collected/db.tgz\n  root: image\n", 8, "同时写了 bundle、root")]
    [InlineData("- id: a\n  bundle: collected/none.tgz\n", 7, "不存在")]
    [InlineData("- id: a\n  databases: [collected/none.txt]\n", 7, "不存在")]
    [InlineData("- id: a\n  databases: collected/postgresql.txt\n", 7, "不是列表")]
    [InlineData("- id: a\n  databases: [collected/postgresql.txt]\n  user: ops\n", 8, "user 只用于 ssh")]
    [InlineData("- id: a\n  local: false\n", 7, "local: false")]
    [InlineData("- id: a\n  local: true\n  user: ops\n", 8, "user 只用于 ssh")]
    [InlineData("- id: a\n  root: image\n  knownHostsFile: keys/known_hosts\n", 8, "knownHostsFile 只用于 ssh")]
    [InlineData("- id: a\n  address: -oProxyCommand=x\n", 7, "address")]
    public void Mistakes_are_named_with_their_place(string host, int line, string message) =>
        Assert.Contains(_full.FaultsOf(Head + host), f => f.At.Line == line && f.Message.Contains(message, StringComparison.Ordinal));

    [Fact]
    public void A_host_of_the_command_line_is_read_by_the_same_rules()
    {
        Assert.True(NamedHost.Read([("local", "true")], 1).Local);
        Assert.Equal(("ops", "10.0.0.5", 2222), NamedHost.Read([("address", "10.0.0.5:2222"), ("user", "ops")], 2) is var h ? (h.User!, h.Address!, h.Port) : default);
        Assert.Throws<InputFaultException>(() => NamedHost.Read([("bundle", "/nowhere.tgz")], 1));
        Assert.Throws<InputFaultException>(() => NamedHost.Read([("address", "-x")], 1));
    }
}
