using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Tls.Tests;

/// <summary>A server of each STARTTLS protocol, as far as the way into TLS goes; inside TLS it answers NOOP.</summary>
internal sealed class StandIn : IAsyncDisposable
{
    private readonly StartTlsProtocol _protocol;
    private readonly X509Certificate2 _certificate;

    public StandIn(StartTlsProtocol protocol)
    {
        _protocol = protocol;
        var made = TestCertificates.Ecdsa();
        using var certificate = X509Certificate2.CreateFromPem(made.CertificatePem, made.KeyPem);

        // Some platforms serve only keys that came out of a container.
        _certificate = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
        Server = new ScriptedServer(ServeAsync);
    }

    public ScriptedServer Server { get; }

    public bool Refuses { get; init; }

    /// <summary>Names the upgrade among what it can, whatever it answers when asked for it. Of MySQL one bit is both.</summary>
    public bool Announces { get; init; } = true;

    /// <summary>Clear text behind the agreement; nothing of TLS follows it.</summary>
    public string ClearBehind { get; init; } = "";

    /// <summary>Between the agreement and <see cref="ClearBehind"/>; none: one write.</summary>
    public TimeSpan ClearBehindAfter { get; init; }

    /// <summary>Keeps what was sent in clear behind the request and answers it inside TLS.</summary>
    public bool KeepsClearCommands { get; init; }

    /// <summary>Hangs up on those who send on behind the request.</summary>
    public bool RejectsPipelining { get; init; }

    /// <summary>Reads one line at a time, so that what lies behind it meets the TLS stack.</summary>
    public bool FeedsClearCommandsToTls { get; init; }

    public Endpoint Endpoint => new()
    {
        Id = "local", Host = "127.0.0.1", Port = Server.Port, Protocol = EndpointProtocol.Tls, StartTls = _protocol, ServerName = "localhost",
    };

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _certificate.Dispose();
    }

    private async Task ServeAsync(ScriptedConnection connection)
    {
        var agreed = _protocol switch
        {
            StartTlsProtocol.Postgres => await PostgresAsync(connection),
            StartTlsProtocol.MySql => await MySqlAsync(connection),
            StartTlsProtocol.Ldap => await LdapAsync(connection),
            StartTlsProtocol.Xmpp => await XmppAsync(connection),
            _ => await LinesAsync(connection),
        };
        if (agreed is not null && ClearBehind.Length > 0)
        {
            await Task.Delay(ClearBehindAfter, connection.Stop);
            await SayAsync(connection, ClearBehindAfter > TimeSpan.Zero ? ClearBehind : "");
            await connection.LingerAsync();
            return;
        }

        if (agreed is not { } kept)
        {
            await (RejectsPipelining ? Task.CompletedTask : connection.LingerAsync());
            return;
        }

        if (FeedsClearCommandsToTls && kept.Length > 0)
        {
            return;
        }

        await using var tls = new SslStream(connection.Stream, leaveInnerStreamOpen: true);
        try
        {
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, connection.Stop);
        }
        catch (Exception refused) when (refused is System.Security.Authentication.AuthenticationException or IOException)
        {
            return;
        }

        await InsideAsync(tls, KeepsClearCommands ? kept : "", connection.Stop);
    }

    /// <summary>What stands in one write with the agreement.</summary>
    private byte[] Behind => ClearBehindAfter > TimeSpan.Zero ? [] : Encoding.ASCII.GetBytes(ClearBehind);

    private async Task InsideAsync(SslStream tls, string pending, CancellationToken stop)
    {
        var buffer = new byte[4096];
        while (true)
        {
            foreach (var line in pending.Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
            {
                await tls.WriteAsync(Encoding.ASCII.GetBytes(_protocol switch
                {
                    StartTlsProtocol.Imap => $"* 3 EXISTS\r\n{line.Split(' ')[0]} OK done\r\n",
                    StartTlsProtocol.Pop3 => "-ERR not yet\r\n",
                    _ => "250-2.0.0 Still\r\n250 here\r\n",
                }), stop);
            }

            var read = await tls.ReadAsync(buffer, stop);
            if (read == 0)
            {
                return;
            }

            pending = Encoding.ASCII.GetString(buffer, 0, read);
        }
    }

    /// <returns>What came behind the request; null where TLS does not follow.</returns>
    private async Task<string?> LinesAsync(ScriptedConnection connection)
    {
        var words = Words.Of(_protocol);
        await SayAsync(connection, words.Greeting);
        while (true)
        {
            var said = await HearAsync(connection);
            if (said.StartsWith(words.Capabilities, StringComparison.Ordinal))
            {
                await SayAsync(connection, Announces ? words.Offers : words.OffersNothing);
                continue;
            }

            var isPipelined = said.Length > words.Request.Length + 2;
            if (!said.StartsWith(words.Request, StringComparison.Ordinal) || Refuses)
            {
                await SayAsync(connection, words.No);
                return null;
            }

            if (RejectsPipelining && isPipelined)
            {
                return null;
            }

            await connection.SendAsync(Encoding.ASCII.GetBytes(words.Yes).Concat(Behind).ToArray());
            return said[(words.Request.Length + 2)..];
        }
    }

    private async Task<string?> PostgresAsync(ScriptedConnection connection)
    {
        await connection.Stream.ReadExactlyAsync(new byte[8], connection.Stop);
        await connection.SendAsync(Refuses ? "N"u8.ToArray() : [(byte)'S', .. Behind]);
        return Refuses ? null : "";
    }

    private async Task<string?> MySqlAsync(ScriptedConnection connection)
    {
        byte[] greeting =
        [
            10, .. "8.0.36-standin\0"u8, 1, 0, 0, 0, .. "saltsalt"u8, 0, 0xFF, (byte)(Refuses ? 0xF7 : 0xFF), 33, 2, 0, 0xFF, 0xDF, 21,
            .. new byte[10], .. "saltsaltsalt\0"u8, .. "caching_sha2_password\0"u8,
        ];
        await connection.SendAsync(new byte[] { (byte)greeting.Length, 0, 0, 0 }.Concat(greeting).Concat(Behind).ToArray());
        if (Refuses)
        {
            return null;
        }

        var request = new byte[36];
        await connection.Stream.ReadExactlyAsync(request, connection.Stop);
        return request[3] == 1 && (request[5] & 0x08) != 0 ? "" : null;
    }

    private async Task<string?> LdapAsync(ScriptedConnection connection)
    {
        var request = await LdapMessageAsync(connection);
        if (request[5] == 0x63)
        {
            byte[] root =
            [
                4, 0, 0x30, 0x84, 0, 0, 0, 82, 0x30, 46, 4, 18, .. "supportedExtension"u8, 0x31, 24, 4, 22, .. Announces ? "1.3.6.1.4.1.1466.20037"u8 : "1.3.6.1.4.1.4203.1.1.1"u8,
                0x30, 35, 4, 23, .. "supportedSASLMechanisms"u8, 0x31, 8, 4, 6, .. "GSSAPI"u8,
            ];
            root[7] = (byte)(root.Length - 8);
            await connection.SendAsync(Ldap(1, 0x64, root));
            await connection.SendAsync(Ldap(1, 0x65, [0x0A, 1, 0, 4, 0, 4, 0]));
            request = await LdapMessageAsync(connection);
        }

        await connection.SendAsync(Ldap(2, 0x78, [0x0A, 1, (byte)(Refuses ? 2 : 0), 4, 0, 4, 4, .. "said"u8]).Concat(Refuses ? [] : Behind).ToArray());
        return Refuses || request[5] != 0x77 ? null : "";
    }

    private async Task<string?> XmppAsync(ScriptedConnection connection)
    {
        await HearAsync(connection);
        await SayAsync(connection, "<?xml version='1.0'?><stream:stream xmlns='jabber:client' id='1' from='localhost' version='1.0'><stream:features>"
            + (!Announces ? "" : "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>")
            + "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN</mechanism><mechanism>SCRAM-SHA-1</mechanism></mechanisms></stream:features>");
        await HearAsync(connection);
        await SayAsync(connection, Refuses ? "<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:stream>" : $"<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>{Encoding.ASCII.GetString(Behind)}");
        return Refuses ? null : "";
    }

    private static async Task<byte[]> LdapMessageAsync(ScriptedConnection connection)
    {
        var head = new byte[2];
        await connection.Stream.ReadExactlyAsync(head, connection.Stop);
        var body = new byte[head[1]];
        await connection.Stream.ReadExactlyAsync(body, connection.Stop);
        return [.. head, .. body];
    }

    /// <summary>As Active Directory writes it: lengths in four bytes.</summary>
    private static byte[] Ldap(byte id, byte tag, byte[] operation) =>
        [0x30, 0x84, 0, 0, 0, (byte)(operation.Length + 9), 2, 1, id, tag, 0x84, 0, 0, 0, (byte)operation.Length, .. operation];

    private static Task SayAsync(ScriptedConnection connection, string text) => connection.SendAsync(Encoding.ASCII.GetBytes(text));

    private static async Task<string> HearAsync(ScriptedConnection connection)
    {
        var buffer = new byte[4096];
        var read = await connection.Stream.ReadAsync(buffer, connection.Stop);
        return read == 0 ? throw new EndOfStreamException() : Encoding.ASCII.GetString(buffer, 0, read);
    }

    private sealed record Words(string Greeting, string Capabilities, string Offers, string Request, string Yes, string No)
    {
        public string OffersNothing => Offers.Replace("250-STARTTLS\r\n", "", StringComparison.Ordinal).Replace(" STARTTLS", "", StringComparison.Ordinal)
            .Replace("STLS\r\n", "", StringComparison.Ordinal).Replace(" AUTH TLS\r\n", "", StringComparison.Ordinal);

        public static Words Of(StartTlsProtocol protocol) => protocol switch
        {
            StartTlsProtocol.Smtp => new(
                "220-mail.test.lab ESMTP\r\n220 come in\r\n", "EHLO", "250-mail.test.lab\r\n250-STARTTLS\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME\r\n", "STARTTLS", "220 2.0.0 go\r\n", "502 5.5.1 no\r\n"),
            StartTlsProtocol.Imap => new(
                "* OK ready\r\n", "s1 CAPABILITY", "* CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED\r\ns1 OK done\r\n", "s2 STARTTLS", "s2 OK begin\r\n", "s2 BAD no\r\n"),
            StartTlsProtocol.Pop3 => new(
                "+OK ready <1@test.lab>\r\n", "CAPA", "+OK list\r\nUSER\r\nSTLS\r\nSASL PLAIN CRAM-MD5\r\n.\r\n", "STLS", "+OK begin\r\n", "-ERR no\r\n"),
            _ => new("220 ftp\r\n", "FEAT", "211-Features\r\n AUTH TLS\r\n UTF8\r\n211 End\r\n", "AUTH TLS", "234 go\r\n", "534 no\r\n"),
        };
    }
}
