using System.Diagnostics;
using System.Formats.Asn1;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

public sealed class DerGuardTests
{
    // The library hangs for more than 8 seconds on the first two of these; an answer within 2 is far from that.
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(2);

    [Fact]
    public void Indefinite_sequences_nested_20000_deep_are_refused_at_once()
    {
        var bomb = new byte[80_000];
        for (var i = 0; i < 40_000; i += 2)
        {
            bomb[i] = 0x30;
            bomb[i + 1] = 0x80;
        }

        RefusedInTime(bomb, DerLimits.Cms);
        RefusedInTime(bomb[..60_000], DerLimits.Certificate);
    }

    [Theory]
    [InlineData(20_000)]
    [InlineData(33)]
    public void Definite_sequences_nested_too_deep_are_refused(int depth) => RefusedInTime(Nested(depth), DerLimits.Cms);

    [Fact]
    public void Nesting_up_to_the_limit_is_admitted() => DerGuard.Check(Nested(32), DerLimits.Cms);

    [Fact]
    public void A_one_megabyte_object_identifier_is_refused_at_once()
    {
        var content = Enumerable.Repeat((byte)0x81, 1024 * 1024).ToArray();
        content[^1] = 1;
        RefusedInTime(Element(0x06, content), DerLimits.Cms);
        RefusedInTime(Element(0x30, Element(0x06, content)), DerLimits.Cms);
    }

    [Fact]
    public void A_claim_of_two_gigabytes_is_refused_at_once() =>
        RefusedInTime([0x30, 0x84, 0x7f, 0xff, 0xff, 0xff, 0x05, 0x00], DerLimits.Cms);

    /// <summary>The library takes 0.2 s for the small one and 1.6 s for the large one, and a chain holds many.</summary>
    [Theory]
    [InlineData(20_011)]
    [InlineData(100_003)]
    public void A_key_over_an_explicit_binary_field_is_refused_at_once(int degree)
    {
        var spki = BinaryFieldKey(degree);
        RefusedInTime(spki, DerLimits.Certificate);
        RefusedInTime(spki, DerLimits.Cms);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 20; i++)
        {
            Assert.Throws<DerRejectedException>(() => Sm2PublicKey.ImportSpki(spki));
        }

        Assert.True(watch.Elapsed < Bound, $"{watch.Elapsed}");
    }

    [Fact]
    public void More_elements_than_allowed_are_refused()
    {
        var nulls = new byte[40_000];
        for (var i = 0; i < nulls.Length; i += 2)
        {
            nulls[i] = 0x05;
        }

        RefusedInTime(Element(0x30, nulls), DerLimits.Certificate);
    }

    [Fact]
    public void A_bomb_inside_a_certificate_extension_is_found()
    {
        byte[] keyUsage = [0x06, 0x03, 0x55, 0x1d, 0x0f];
        byte[] good = Element(0x30, [.. keyUsage, 0x01, 0x01, 0xff, .. Element(0x04, [0x03, 0x02, 0x01, 0x06])]);
        DerGuard.Check(good, DerLimits.Certificate);
        RefusedInTime(Element(0x30, [.. keyUsage, .. Element(0x04, Nested(40))]), DerLimits.Certificate);
        RefusedInTime(Element(0x30, [.. keyUsage, 0x01, 0x01, 0xff, .. Element(0x04, [0x30, 0x80, 0x00, 0x00])]), DerLimits.Certificate);
    }

    [Fact]
    public void Octets_that_are_no_extension_may_hold_anything() =>
        DerGuard.Check(Element(0x30, [.. Element(0x06, [0x2a, 0x03]), .. Element(0x04, [0x30, 0x80, 0xff])]), DerLimits.Certificate);

    [Theory]
    [InlineData("", "空")]
    [InlineData("0201", "长度")]
    [InlineData("020100ff", "多余")]
    [InlineData("0200", "INTEGER")]
    [InlineData("02020001", "最短")]
    [InlineData("0202ff80", "最短")]
    [InlineData("028101ff", "长度")]
    [InlineData("010101", "BOOLEAN")]
    [InlineData("05020000", "NULL")]
    [InlineData("0600", "OBJECT IDENTIFIER")]
    [InlineData("06028001", "最短")]
    [InlineData("060181", "不完整")]
    [InlineData("0300", "BIT STRING")]
    [InlineData("03020801", "BIT STRING")]
    [InlineData("03020101", "未用位不为零")]
    [InlineData("030101", "BIT STRING")]
    [InlineData("1000", "构造位")]
    [InlineData("2403040100", "构造位")]
    [InlineData("0000", "结束标记")]
    [InlineData("1f0100", "")]
    public void Encodings_that_are_not_DER_are_refused_with_a_reason(string hex, string reason)
    {
        var error = Assert.Throws<DerRejectedException>(() => DerGuard.Check(Convert.FromHexString(hex), DerLimits.Certificate));
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
        Assert.False(DerGuard.Accepts(Convert.FromHexString(hex), DerLimits.Certificate));
    }

    [Fact]
    public void The_reason_comes_with_the_offset_of_the_element()
    {
        var error = Assert.Throws<DerRejectedException>(
            static () => DerGuard.Check(Convert.FromHexString("30060500300202 00".Replace(" ", "", StringComparison.Ordinal)), DerLimits.Key));
        Assert.Equal(6, error.Offset);
    }

    [Fact]
    public void Integers_and_totals_beyond_the_limits_are_refused()
    {
        DerGuard.Check(Element(0x02, [1, .. new byte[519]]), DerLimits.Certificate);
        RefusedInTime(Element(0x02, [1, .. new byte[520]]), DerLimits.Certificate);
        RefusedInTime(Element(0x04, new byte[65 * 1024]), DerLimits.Certificate);
    }

    [Theory]
    [InlineData("1.2.156.10197.1.301", true)]
    [InlineData("1.2.840.10045.3.1.7", true)]
    [InlineData("1.3.132.0.34", true)]
    [InlineData("1.3.36.3.3.2.8.1.1.7", true)]
    [InlineData("1.3.132.0.38", false)] // sect571k1, over a binary field
    [InlineData("1.2.840.10045.3.0.1", false)] // c2pnb163v1
    [InlineData("1.3.132.0.6", false)] // secp112r1
    public void Only_curves_of_the_list_pass(string curve, bool admitted)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.2.840.10045.2.1");
            writer.WriteObjectIdentifier(curve);
        }

        Assert.Equal(admitted, DerGuard.Accepts(writer.Encode(), DerLimits.Key));
    }

    [Fact]
    public void Thirty_megabytes_of_elements_take_linear_time()
    {
        var content = new byte[30 * 1024 * 1024];
        for (var i = 0; i < content.Length; i += 16)
        {
            content[i] = 0x04;
            content[i + 1] = 14;
        }

        var watch = Stopwatch.StartNew();
        DerGuard.Check(Element(0x30, content), DerLimits.Cms);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(8), $"{watch.Elapsed}");
    }

    internal static byte[] Element(byte tag, byte[] content)
    {
        byte[] length = content.Length switch
        {
            < 0x80 => [(byte)content.Length],
            < 0x100 => [0x81, (byte)content.Length],
            < 0x10000 => [0x82, (byte)(content.Length >> 8), (byte)content.Length],
            _ => [0x84, (byte)(content.Length >> 24), (byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length],
        };
        if (content.Length is >= 0x10000 and < 0x1000000)
        {
            length = [0x83, .. length[2..]];
        }

        return [tag, .. length, .. content];
    }

    private static byte[] Nested(int depth)
    {
        var lengths = new Stack<byte[]>();
        var size = 0;
        for (var i = 0; i < depth; i++)
        {
            var header = Element(0x30, new byte[size])[..^size];
            lengths.Push(header);
            size += header.Length;
        }

        return [.. lengths.SelectMany(static h => h)];
    }

    private static byte[] BinaryFieldKey(int degree)
    {
        var coordinate = Enumerable.Repeat((byte)0x55, (degree + 7) / 8).ToArray();
        var field = Element(0x30, [
            .. Element(0x06, Convert.FromHexString("2a8648ce3d0102")),
            .. Element(0x30, [.. Number(degree), .. Element(0x06, Convert.FromHexString("2a8648ce3d01020302")), .. Number(9)])]);
        var curve = Element(0x30, [.. Element(0x04, coordinate), .. Element(0x04, coordinate)]);
        byte[] point = [4, .. coordinate, .. coordinate];
        var parameters = Element(0x30, [.. Number(1), .. field, .. curve, .. Element(0x04, point), .. Number(101)]);
        var algorithm = Element(0x30, [.. Element(0x06, Convert.FromHexString("2a8648ce3d0201")), .. parameters]);
        return Element(0x30, [.. algorithm, .. Element(0x03, [0, .. point])]);
    }

    private static byte[] Number(int value)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteInteger(value);
        return writer.Encode();
    }

    private static void RefusedInTime(byte[] input, DerLimits limits)
    {
        var watch = Stopwatch.StartNew();
        Assert.Throws<DerRejectedException>(() => DerGuard.Check(input, limits));
        Assert.True(watch.Elapsed < Bound, $"took {watch.Elapsed}");
    }
}
