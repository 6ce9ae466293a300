using System.Net.Security;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

public sealed class SuiteTraitsTests
{
    [Theory]
    [InlineData(0x0001, SuiteClass.Unencrypted, false, 0)]
    [InlineData(0x0018, SuiteClass.Anonymous, true, 128)]
    [InlineData(0x0003, SuiteClass.Export, false, 40)]
    [InlineData(0x0008, SuiteClass.Export, false, 40)]
    [InlineData(0x0064, SuiteClass.Export, false, 56)]
    [InlineData(0x0005, SuiteClass.Broken, false, 128)]
    [InlineData(0x0009, SuiteClass.Broken, false, 56)]
    [InlineData(0x000A, SuiteClass.Weak, false, 112)]
    [InlineData(0x0007, SuiteClass.Weak, false, 128)]
    [InlineData(0xC013, SuiteClass.Dated, true, 128)]
    [InlineData(0xC028, SuiteClass.Dated, true, 256)]
    [InlineData(0x009C, SuiteClass.Dated, false, 128)]
    [InlineData(0xC02F, SuiteClass.Modern, true, 128)]
    [InlineData(0xCCA8, SuiteClass.Modern, true, 256)]
    [InlineData(0xCC13, SuiteClass.Modern, true, 256)]
    [InlineData(0x1301, SuiteClass.Modern, true, 128)]
    [InlineData(0x00C6, SuiteClass.Modern, true, 128)]
    [InlineData(0xE011, SuiteClass.Dated, true, 128)]
    [InlineData(0xE051, SuiteClass.Modern, true, 128)]
    [InlineData(0xE053, SuiteClass.Dated, false, 128)]
    [InlineData(0xC0B4, SuiteClass.Unencrypted, true, 0)]
    public void A_suite_is_what_its_name_says(ushort suite, SuiteClass strength, bool forwardSecret, int bits)
    {
        var traits = SuiteTraits.Of(suite);

        Assert.Equal((strength, forwardSecret, bits), (traits.Class, traits.IsForwardSecret, traits.KeyBits));
        Assert.True(traits.IsRecognised);
    }

    [Theory]
    [InlineData(0xE013, true)]
    [InlineData(0xE051, true)]
    [InlineData(0x00C7, true)]
    [InlineData(0xE019, false)]
    [InlineData(0xE01C, false)]
    [InlineData(0xC02F, false)]
    public void Sm_means_sm_alone(ushort suite, bool isSm) => Assert.Equal(isSm, SuiteTraits.Of(suite).IsSm);

    [Theory]
    [InlineData("SSL_CK_RC2_128_CBC_EXPORT40_WITH_MD5", SuiteClass.Export, 40)]
    [InlineData("SSL_CK_DES_192_EDE3_CBC_WITH_MD5", SuiteClass.Weak, 112)]
    [InlineData("SSL_CK_DES_64_CBC_WITH_MD5", SuiteClass.Broken, 56)]
    [InlineData("SSL_CK_NULL_WITH_MD5", SuiteClass.Unencrypted, 0)]
    public void Ssl2_names_are_read_too(string name, SuiteClass strength, int bits)
    {
        var traits = SuiteTraits.Read(name);

        Assert.Equal((strength, bits, true), (traits.Class, traits.KeyBits, traits.IsStaticRsa));
    }

    [Fact]
    public void A_private_number_is_not_recognised() => Assert.False(SuiteTraits.Of(0xE107).IsRecognised);

    [Fact]
    public void Every_registered_suite_has_a_cipher_and_a_mac_or_aead()
    {
        foreach (var suite in Enum.GetValues<TlsCipherSuite>().Select(s => (ushort)s).Where(s => s != 0))
        {
            var traits = SuiteTraits.Of(suite);

            Assert.True(traits.IsAead != traits.Mac is not null, $"{traits}");
            Assert.True(traits.IsAead || traits.IsCbc || traits.IsNull || traits.IsRc4, $"{traits}");
            Assert.Equal(traits.IsNull, traits.KeyBits == 0);
        }
    }

    [Fact]
    public void The_lists_of_hellos_hold_every_number_once()
    {
        Assert.Equal(SuiteCatalogue.Classic.Count, SuiteCatalogue.Classic.Distinct().Count());
        var all = SuiteCatalogue.Classic.Concat(SuiteCatalogue.Tls13).ToHashSet();
        Assert.All(Enum.GetValues<TlsCipherSuite>().Select(s => (ushort)s), s => Assert.Contains(s, all));
        Assert.All(UnlistedSuites.Names.Keys.Concat(UnlistedSuites.Private), s => Assert.Contains(s, all));
        Assert.DoesNotContain((ushort)0x00FF, all);
        Assert.DoesNotContain((ushort)0x5600, all);
        Assert.InRange(SuiteCatalogue.Tlcp.Count, 1, 64);
        Assert.InRange(SuiteCatalogue.TlcpForeign.Count, 1, 64);
        Assert.Contains((ushort)0x00C6, SuiteCatalogue.Classic);
    }
}
