using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

public sealed class ClientHelloTests
{
    [Fact]
    public void The_tlcp_hello_is_bare()
    {
        var hello = VersionQuestion.For(ProbeContexts.Local(443))[0].Hellos[0].Hello.ToRecord();

        Assert.Equal([22, 1, 1], hello[..3]);
        Assert.Equal([1, 1], hello[9..11]);
        var afterSuites = 5 + 4 + 2 + 32 + 1 + 2 + (2 * 12);
        Assert.Equal([1, 0], hello[afterSuites..]);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("a.gov.cn")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.cccccccccccccccccccccccccccc.gov.cn")]
    public void No_hello_falls_into_a_known_trap(string host)
    {
        foreach (var hello in VersionQuestion.For(ProbeContexts.Local(443) with { Host = host }).SelectMany(q => q.Hellos).Select(h => h.Plainer ?? h.Hello))
        {
            var message = hello.ToRecord()[5..];

            Assert.InRange(hello.Suites.Count, 1, 64);
            Assert.Equal(hello.Suites.Count, hello.Suites.Distinct().Count());
            Assert.False(message.Length is >= 256 and < 512, $"{message.Length} 字节会让一些设备挂起");
            Assert.InRange(message.Length, 1, 1200);
            Assert.Equal(message.Length - 4, (message[1] << 16) | (message[2] << 8) | message[3]);
        }
    }

    [Fact]
    public void No_hello_repeats_the_random_of_another()
    {
        var hello = VersionQuestion.For(ProbeContexts.Local(443))[1].Hellos[0].Hello;

        Assert.NotEqual(hello.ToRecord()[11..43], hello.ToRecord()[11..43]);
    }

    [Theory]
    [InlineData("127.0.0.1", null)]
    [InlineData("::1", null)]
    [InlineData("Portal.GOV.cn.", "portal.gov.cn")]
    [InlineData("政务.政务", "xn--zfr164b.xn--zfr164b")]
    public void An_ip_literal_sends_no_name(string host, string? sni) =>
        Assert.Equal(sni, EndpointName.Sni(ProbeContexts.Local(443) with { Host = host }));
}
