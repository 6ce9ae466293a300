using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline.Tests;

public sealed class EndpointAddressTests
{
    [Theory]
    [InlineData("portal.example.cn", "portal.example.cn", 443, EndpointProtocol.Https, "/")]
    [InlineData("portal.example.cn:8443", "portal.example.cn", 8443, EndpointProtocol.Https, "/")]
    [InlineData("  portal.example.cn:1  ", "portal.example.cn", 1, EndpointProtocol.Https, "/")]
    [InlineData("10.0.0.5:65535", "10.0.0.5", 65535, EndpointProtocol.Https, "/")]
    [InlineData("[::1]", "::1", 443, EndpointProtocol.Https, "/")]
    [InlineData("[2001:db8::5]:8443", "2001:db8::5", 8443, EndpointProtocol.Https, "/")]
    [InlineData("2001:db8::5", "2001:db8::5", 443, EndpointProtocol.Https, "/")]
    [InlineData("HTTPS://Portal.example.cn/Login?a=b#c", "Portal.example.cn", 443, EndpointProtocol.Https, "/Login?a=b")]
    [InlineData("http://portal.example.cn", "portal.example.cn", 80, EndpointProtocol.Http, "/")]
    [InlineData("http://portal.example.cn:8080/a/b", "portal.example.cn", 8080, EndpointProtocol.Http, "/a/b")]
    [InlineData("https://[::1]:8443/x", "::1", 8443, EndpointProtocol.Https, "/x")]
    [InlineData("https://portal.example.cn/mail@home", "portal.example.cn", 443, EndpointProtocol.Https, "/mail@home")]
    [InlineData("tls://10.0.0.5:636", "10.0.0.5", 636, EndpointProtocol.Tls, "/")]
    [InlineData("tlcp://10.0.0.5", "10.0.0.5", 443, EndpointProtocol.Tls, "/")]
    [InlineData("政务服务.中国:443", "政务服务.中国", 443, EndpointProtocol.Https, "/")]
    [InlineData("https://xn--fiqs8s/", "xn--fiqs8s", 443, EndpointProtocol.Https, "/")]
    [InlineData("portal.example.cn.", "portal.example.cn.", 443, EndpointProtocol.Https, "/")]
    public void What_people_write_is_understood(string text, string host, int port, EndpointProtocol protocol, string path) =>
        Assert.Equal(new EndpointAddress(host, port, protocol, path) { Scheme = text.Contains("://", StringComparison.Ordinal) ? text.Split(':')[0].ToLowerInvariant() : null }, EndpointAddress.TryParse(text, out _));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(":443")]
    [InlineData("https://")]
    [InlineData("https:///login")]
    [InlineData("portal.example.cn:")]
    [InlineData("portal.example.cn:0")]
    [InlineData("portal.example.cn:65536")]
    [InlineData("portal.example.cn:99999999999999999999")]
    [InlineData("portal.example.cn:-1")]
    [InlineData("portal.example.cn:+443")]
    [InlineData("portal.example.cn:٤٤٣")]
    [InlineData("portal.example.cn:443:443")]
    [InlineData("portal example.cn")]
    [InlineData("portal..example.cn")]
    [InlineData("-oProxyCommand=x:22")]
    [InlineData("[::1")]
    [InlineData("10.0.0.0/24")]
    [InlineData("10.0.0.5:443/32")]
    [InlineData("[::1]x")]
    [InlineData("[::1]:0")]
    [InlineData("[portal.example.cn]:443")]
    [InlineData("[10.0.0.5]:443")]
    [InlineData("[[::1]]:443")]
    [InlineData("ftp://portal.example.cn/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript://portal.example.cn/")]
    [InlineData("https://admin@portal.example.cn/")]
    [InlineData("https://admin:pass@portal.example.cn/")]
    [InlineData("admin:pass@portal.example.cn:443")]
    [InlineData("portal.example.cn\r\nHost: evil:443")]
    [InlineData("portal.example.cn:443\r\nX: y")]
    [InlineData("https://portal.example.cn/a\r\nX-Injected: 1")]
    [InlineData("https://portal.example.cn/a b")]
    [InlineData("https://portal.example.cn/登录")]
    [InlineData("https://portal.example.cn/\0")]
    [InlineData("https://portal.example.cn%0d%0a/")]
    [InlineData("https://portal.example.cn\\@evil.example/")]
    public void What_is_no_address_is_refused_with_a_reason(string text)
    {
        Assert.Null(EndpointAddress.TryParse(text, out var why));
        Assert.NotEmpty(why);
    }

    [Fact]
    public void A_host_name_has_its_limits()
    {
        Assert.Null(EndpointAddress.TryParse(new string('a', 64) + ".cn", out _));
        Assert.Null(EndpointAddress.TryParse(string.Join('.', Enumerable.Repeat("abcdefghi", 26)), out _));
        Assert.NotNull(EndpointAddress.TryParse(new string('a', 63) + ".cn", out _));
        Assert.Null(EndpointAddress.TryParse("https://a.cn/" + new string('x', 2048), out _));
    }
}
