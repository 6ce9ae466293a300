namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>Against captures of Tongsuo and gotlcp clients at a Tongsuo server, with all secrets.</summary>
public sealed class TlcpKeysTests
{
    private const int ClientKeyExchangeHeader = 6;

    public static TheoryData<string> WithSecrets => new(CapturedHandshake.Names("tlcp-").Where(n => n.Contains("e013", StringComparison.Ordinal) || n.Contains("e053", StringComparison.Ordinal)));

    public static TheoryData<string> All => new(CapturedHandshake.Names("tlcp-"));

    [Theory]
    [MemberData(nameof(WithSecrets))]
    public void Premaster_master_and_key_block_are_those_of_the_capture(string name)
    {
        using var capture = CapturedHandshake.Load(name);
        using var key = Keys.OfScalar(capture.Bytes("enc_private_key"));
        var exchange = ClientKeyExchange(capture);

        var premaster = key.Decrypt(exchange);
        var keys = Schedule(capture, premaster);

        Assert.Equal(capture.Bytes("premaster"), premaster);
        Assert.Equal(capture.Bytes("master_secret"), keys.Master);
        Assert.True(capture.Bytes("key_block").AsSpan().StartsWith(keys.KeyBlock));
    }

    [Theory]
    [MemberData(nameof(WithSecrets))]
    public void Both_Finished_messages_decrypt_and_carry_the_right_verify_data(string name)
    {
        using var capture = CapturedHandshake.Load(name);
        var keys = Schedule(capture, capture.Bytes("premaster"));
        byte[] messages = [.. Hello(capture, ofClient: true), .. BeforeDone(capture), .. Rest(capture)];

        var client = keys.ClientWrites().Open(22, capture.Protected(ofClient: true)[0].Data);
        Assert.Equal([20, 0, 0, 12, .. keys.VerifyData(ofClient: true, messages)], client.Content);

        var server = keys.ServerWrites().Open(22, capture.Protected(ofClient: false)[0].Data);
        Assert.Equal([20, 0, 0, 12, .. keys.VerifyData(ofClient: false, [.. messages, .. client.Content, .. Ticket(capture)])], server.Content);
    }

    [Theory]
    [MemberData(nameof(WithSecrets))]
    public void Every_protected_record_opens_in_order_and_none_out_of_order_or_changed(string name)
    {
        using var capture = CapturedHandshake.Load(name);
        var keys = Schedule(capture, capture.Bytes("premaster"));
        foreach (var ofClient in new[] { true, false })
        {
            var records = capture.Protected(ofClient);
            var protection = ofClient ? keys.ClientWrites() : keys.ServerWrites();
            Assert.True(records.Count >= 2);
            Assert.All(records, r => protection.Open(r.Type, r.Data));

            var early = ofClient ? keys.ClientWrites() : keys.ServerWrites();
            Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => early.Open(records[1].Type, records[1].Data));
            byte[] changed = [.. records[0].Data];
            changed[^1] ^= 1;
            Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => early.Open(22, changed));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void ServerKeyExchange_verifies_under_the_default_identification_alone(string name)
    {
        using var capture = CapturedHandshake.Load(name);
        var signer = Keys.OfCertificate(capture.Certificate(0));
        var (client, server) = (capture.Bytes("client_random"), capture.Bytes("server_random"));
        var content = TlcpSuite.Find(capture.Suite)!.IsEphemeral
            ? SignedContent.TlcpEcdhe(client, server, capture.Bytes("ske_params"))
            : SignedContent.TlcpEcc(client, server, capture.Certificate(1));

        Assert.Equal(capture.Bytes("ske_tbs"), content);
        Assert.True(signer.Verify(content, capture.Bytes("ske_signature")));
        Assert.False(signer.Verify(content, capture.Bytes("ske_signature"), "TLSv1.3+GM+Cipher+Suite"u8));
        Assert.False(signer.Verify(content, capture.Bytes("ske_signature"), "1234567812345679"u8));
        content[0] ^= 1;
        Assert.False(signer.Verify(content, capture.Bytes("ske_signature")));
    }

    private static TlcpKeys Schedule(CapturedHandshake capture, byte[] premaster) =>
        new(TlcpSuite.Find(capture.Suite)!, premaster, capture.Bytes("client_random"), capture.Bytes("server_random"));

    private static byte[] ClientKeyExchange(CapturedHandshake capture)
    {
        var plain = capture.PlainHandshake(ofClient: true);
        var hello = 4 + ((plain[1] << 16) | (plain[2] << 8) | plain[3]);
        Assert.Equal(16, plain[hello]);
        return plain[(hello + ClientKeyExchangeHeader)..];
    }

    private static byte[] Hello(CapturedHandshake capture, bool ofClient) => capture.Records(ofClient)[0].Data;

    /// <summary>Everything the server said up to ServerHelloDone.</summary>
    private static byte[] BeforeDone(CapturedHandshake capture) =>
        [.. capture.Records(ofClient: false).TakeWhile(r => r.Type == 22 && r.Data[0] != 4).SelectMany(r => r.Data)];

    private static byte[] Rest(CapturedHandshake capture) => capture.PlainHandshake(ofClient: true)[Hello(capture, ofClient: true).Length..];

    private static byte[] Ticket(CapturedHandshake capture) =>
        capture.Records(ofClient: false).TakeWhile(r => r.Type == 22).FirstOrDefault(r => r.Data[0] == 4).Data ?? [];
}
