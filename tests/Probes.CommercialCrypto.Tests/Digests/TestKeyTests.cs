using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

/// <summary>How a key is spelled says nothing of how hard it is to guess.</summary>
public sealed class TestKeyTests
{
    [Theory]
    [InlineData("smartcity2024key", true)]
    [InlineData("736d61727463697479323032346b6579", true)]
    [InlineData("c21hcnRjaXR5MjAyNGtleQ==", true)]
    [InlineData("31323334353637383930313233343536", true)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaa", true)]
    [InlineData("zhengwu@zhengwu@zhengwu@zhengwu@", true)]
    [InlineData("123456789012345678901234567890123456789012345678", true)]
    [InlineData("abcdefghijklmnopqrstuvwxyz", true)]
    [InlineData("020406080a0c0e10121416181a1c1e20", true)]
    [InlineData("abbabaabbaababbaabbabaabbaababba", true)]
    [InlineData("f3a91c07d85be264709ce1b83fd24a65", false)]
    [InlineData("8A7u2Kx0QpZ5mWc3", false)]
    [InlineData("71930482650937148205936174820395", false)]
    [InlineData("正是江南好风景落花时节又逢君岐王宅里", false)]
    public void Eighty_bits_are_asked_for_in_any_spelling(string written, bool isGuessable) =>
        Assert.All(TestKey.Of(new Secret(written, "test")), k => Assert.Equal((k.Form, isGuessable), (k.Form, k.IsGuessable)));

    [Fact]
    public void What_is_made_of_a_guessable_text_is_guessable()
    {
        Assert.All(TrialKeys.Of(new Secret("smartcity2024key", "test")), k => Assert.True(k.IsGuessable, k.Form));
        Assert.All(TrialKeys.Of(new Secret("f3a91c07d85be264709ce1b83fd24a65", "test")), k => Assert.False(k.IsGuessable, k.Form));
    }

    [Fact]
    public void Random_keys_are_not_guessable()
    {
        var seeded = new SeededBytes(11);
        for (var i = 0; i < 2000; i++)
        {
            var key = seeded.Take(16);
            Assert.All(TestKey.Of(new Secret(Convert.ToHexStringLower(key), "test")).Concat(TestKey.Of(new Secret(Convert.ToBase64String(key), "test"))), k => Assert.False(k.IsGuessable, Convert.ToHexString(key)));
        }
    }
}
