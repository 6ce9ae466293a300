using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>Against captures of RFC 8998 handshakes of Tongsuo, with traffic secrets; and the trace of RFC 8448 §3.</summary>
public sealed class Tls13KeysTests
{
    public static TheoryData<string> Decrypted => new(CapturedHandshake.Names("tls13-").Where(n => !n.Contains("00c7", StringComparison.Ordinal)));

    public static TheoryData<string> Logged => new(CapturedHandshake.Names("tls13-sm-only"));

    [Theory]
    [MemberData(nameof(Decrypted))]
    public void The_servers_flight_decrypts_to_what_was_read_elsewhere(string name)
    {
        using var capture = CapturedHandshake.Load(name);
        var suite = Tls13Suite.Find(capture.Suite)!;
        var reading = Tls13Keys.Protection(suite, capture.Bytes("server_handshake_traffic_secret"));
        var expected = capture.Bytes("decrypted_server_handshake");
        var plain = new List<byte>();
        foreach (var record in capture.Protected(ofClient: false).TakeWhile(_ => plain.Count < expected.Length))
        {
            var opened = reading.Open(record.Type, record.Data);
            Assert.Equal(22, opened.Type);
            plain.AddRange(opened.Content);
        }

        Assert.Equal(expected, plain);
    }

    [Theory]
    [MemberData(nameof(Decrypted))]
    public void CertificateVerify_and_Finished_follow_from_the_transcript(string name)
    {
        using var capture = CapturedHandshake.Load(name);
        var suite = Tls13Suite.Find(capture.Suite)!;
        byte[] hellos = [.. capture.PlainHandshake(ofClient: true), .. capture.PlainHandshake(ofClient: false)];
        var flight = capture.Bytes("decrypted_server_handshake");
        var finished = flight.Length - 4 - suite.Hash.Size;
        var verify = CertificateVerifyAt(flight);

        Assert.Equal(capture.Bytes("cv_content"), SignedContent.Tls13(ofClient: false, suite.Hash.HashData([.. hellos, .. flight[..verify]])));
        var expected = Tls13Keys.VerifyData(suite, capture.Bytes("server_handshake_traffic_secret"), suite.Hash.HashData([.. hellos, .. flight[..finished]]));
        Assert.Equal(flight[(finished + 4)..], expected);
    }

    [Fact]
    public void CertificateVerify_of_an_SM2_certificate_verifies_under_the_identification_of_RFC_8998_alone()
    {
        using var capture = CapturedHandshake.Load("tls13-sm-only.00c6.tongsuo");
        var flight = capture.Bytes("decrypted_server_handshake");
        const int entry = 4 + 1 + 3; // header, empty request context, length of the list
        var certificate = flight[(Array.IndexOf(flight, (byte)11) + entry)..];
        var length = (certificate[0] << 16) | (certificate[1] << 8) | certificate[2];

        var key = Keys.OfCertificate(certificate[3..(3 + length)]);
        Assert.True(key.Verify(capture.Bytes("cv_content"), capture.Bytes("cv_signature"), SignedContent.Tls13Sm2UserId.Span));
        Assert.False(key.Verify(capture.Bytes("cv_content"), capture.Bytes("cv_signature")));
    }

    [Theory]
    [MemberData(nameof(Logged))]
    public void Client_and_application_records_open_under_the_logged_secrets(string name)
    {
        using var capture = CapturedHandshake.Load(name);
        var suite = Tls13Suite.Find(capture.Suite)!;
        var handshake = Tls13Keys.Protection(suite, capture.KeyLog("CLIENT_HANDSHAKE_TRAFFIC_SECRET"));
        var application = Tls13Keys.Protection(suite, capture.KeyLog("CLIENT_TRAFFIC_SECRET_0"));
        var records = capture.Protected(ofClient: true);

        var finished = handshake.Open(records[0].Type, records[0].Data);
        Assert.Equal([20, 0, 0, 32], finished.Content[..4]);
        Assert.All(records.Skip(1).SkipLast(1), r => Assert.Equal(23, application.Open(r.Type, r.Data).Type));
        Assert.Equal(21, application.Open(records[^1].Type, records[^1].Data).Type);
        Assert.ThrowsAny<CryptographicException>(() => application.Open(records[1].Type, records[1].Data));
    }

    [Fact]
    public void The_trace_of_RFC_8448_gives_its_traffic_secrets()
    {
        var hash = Convert.FromHexString("860c06edc07858ee8e78f0e7428c58edd6b43f2ca3e6e95f02ed063cf0e1cad8");
        var shared = Convert.FromHexString("8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d");
        var secrets = new Tls13Keys(Tls13Suite.Find(0x1301)!, shared).Handshake(hash);

        Assert.Equal("b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21", Convert.ToHexStringLower(secrets.Client));
        Assert.Equal("b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38", Convert.ToHexStringLower(secrets.Server));
    }

    [Theory]
    [InlineData(0x1301)]
    [InlineData(0x1302)]
    [InlineData(0x1303)]
    [InlineData(0x1304)]
    [InlineData(0x1305)]
    [InlineData(0x00C6)]
    [InlineData(0x00C7)]
    public void What_one_side_seals_the_other_opens_once(int id)
    {
        var suite = Tls13Suite.Find((ushort)id)!;
        var secret = new SeededBytes(id).Take(suite.Hash.Size);
        var (writing, reading) = (Tls13Keys.Protection(suite, secret), Tls13Keys.Protection(suite, secret));
        for (var i = 0; i < 3; i++)
        {
            var content = new SeededBytes(i).Take(1000 * i);
            var record = writing.Seal(22, content);
            var opened = reading.Open(record[0], record.AsSpan(5));
            Assert.Equal((22, Convert.ToHexString(content)), (opened.Type, Convert.ToHexString(opened.Content)));
            Assert.ThrowsAny<CryptographicException>(() => reading.Open(record[0], record.AsSpan(5)));
        }
    }

    [Fact]
    public void Both_sides_of_every_group_agree_and_foreign_bytes_are_refused()
    {
        foreach (var group in EphemeralKey.Groups)
        {
            using var one = EphemeralKey.Generate(group);
            using var other = EphemeralKey.Generate(group);
            Assert.Equal(one.Agree(other.Share), other.Agree(one.Share));
            Assert.ThrowsAny<CryptographicException>(() => one.Agree(new byte[other.Share.Length]));
            Assert.ThrowsAny<CryptographicException>(() => one.Agree(other.Share.AsSpan(1)));
        }
    }

    private static int CertificateVerifyAt(byte[] flight)
    {
        var at = 0;
        while (flight[at] != 15)
        {
            at += 4 + ((flight[at + 1] << 16) | (flight[at + 2] << 8) | flight[at + 3]);
        }

        return at;
    }
}
