using System.Text;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probing.Tests;

public sealed class RedactorTests
{
    private const string Value = "p@ss \"wörd\"/+=&密";
    private static readonly Redactor Knowing = new([new Secret(Value, "env:X")]);

    public static TheoryData<string> Spellings => new()
    {
        Value,
        Uri.EscapeDataString(Value),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Value)),
        System.Text.Json.JsonEncodedText.Encode(Value).ToString(),
        Convert.ToHexString(Encoding.UTF8.GetBytes(Value)),
        Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Value)),
        Value.ToUpperInvariant(),
    };

    [Theory]
    [MemberData(nameof(Spellings))]
    public void A_secret_is_blackened_however_it_is_spelled(string spelling)
    {
        foreach (var mediaType in (string[])["text/plain", "application/json", "application/octet-stream"])
        {
            var (bytes, count) = Knowing.Redact(Encoding.UTF8.GetBytes($"before {spelling} between {spelling} after"), mediaType);
            var text = Encoding.UTF8.GetString(bytes);

            Assert.DoesNotContain(spelling, text, StringComparison.Ordinal);
            Assert.StartsWith("before ", text, StringComparison.Ordinal);
            Assert.EndsWith(" after", text, StringComparison.Ordinal);
            Assert.Equal(2, count);
        }

        Assert.DoesNotContain(spelling, Knowing.Redact($"x{spelling}y"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_scheme_of_an_authorization_is_no_secret()
    {
        var redactor = new Redactor([new Secret("Bearer abc.def.ghi", "env:X")]);

        Assert.Equal("token *** of Bearer users", redactor.Redact("token abc.def.ghi of Bearer users"));
    }

    [Fact]
    public void Each_line_of_a_secret_is_one()
    {
        var redactor = new Redactor([new Secret("Xk29-tester\nQm77-tester\nok", "file:X")]);

        Assert.Equal("a *** b *** ok", redactor.Redact("a Qm77-tester b Xk29-tester ok"));
    }

    [Theory]
    [InlineData("authorization: Basic dTpw\r\nHost: a", "authorization: ***\r\nHost: a")]
    [InlineData("Set-Cookie: sid=abc; Path=/; Secure", "Set-Cookie: sid=***; Path=/; Secure")]
    [InlineData("Cookie: a=b; c=d\nX: y", "Cookie: ***\nX: y")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----***-----END PRIVATE KEY-----")]
    public void What_looks_like_a_secret_is_blackened_in_text(string text, string expected)
    {
        Assert.Equal(expected, Redactor.None.Redact(text));
        Assert.Equal(expected, Encoding.Latin1.GetString(Redactor.None.Redact(Encoding.Latin1.GetBytes(text), "text/plain").Bytes));
    }

    [Theory]
    [InlineData("****")]
    [InlineData("*****")]
    public async Task A_secret_of_asterisks_does_not_hang(string secret)
    {
        var redactor = new Redactor([new Secret(secret, "env:X")]);
        var work = Task.Run(() => redactor.Redact("a ****** b"u8, "text/plain"));

        await work.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.True(work.IsCompletedSuccessfully);
    }

    [Fact]
    public void Json_values_are_blackened_and_names_stay()
    {
        var redacted = Knowing.Redact(ObservationJson.ToElement(new { name = Value, list = new[] { 1 }, deep = new { x = $"a {Value}" } }));

        Assert.Equal("""{"name":"***","list":[1],"deep":{"x":"a ***"}}""", redacted.GetRawText());
    }
}
