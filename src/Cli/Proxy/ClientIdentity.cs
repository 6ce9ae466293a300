using System.CommandLine;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probes.Tls;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>The options that name a client's SM2 certificates and keys, for sites that ask for them.</summary>
internal sealed class ClientIdentity
{
    private const string PasswordOption = "--client-key-password";

    private readonly Option<string?> _certificate = new("--client-cert") { Description = "客户端签名证书（SM2，PEM），站点要求客户端证书时用；文件里其余证书作证书链一并发送", HelpName = "文件" };
    private readonly Option<string?> _key = new("--client-key") { Description = "它的私钥（PEM）；缺省取 --client-cert 的同一文件", HelpName = "文件" };
    private readonly Option<string?> _encryptionCertificate = new("--client-enc-cert") { Description = "客户端加密证书（SM2，PEM）；只用 ECC 套件时可以没有", HelpName = "文件" };
    private readonly Option<string?> _encryptionKey = new("--client-enc-key") { Description = "它的私钥（PEM）；缺省取 --client-enc-cert 的同一文件", HelpName = "文件" };
    private readonly Option<string?> _password = new(PasswordOption) { Description = "两个私钥口令的出处：env:变量名 或 file:路径", HelpName = "出处" };

    public IReadOnlyList<Option> Options => [_certificate, _key, _encryptionCertificate, _encryptionKey, _password];

    /// <returns>Null where none is named.</returns>
    /// <exception cref="BadRequestException">A file is not what it should be, or certificate and key are no pair.</exception>
    public TlcpIdentity? Read(ParseResult parsed)
    {
        if (parsed.GetValue(_certificate) is not { } path)
        {
            var alone = Options.FirstOrDefault(o => parsed.GetResult(o) is { Implicit: false });
            return alone is null ? null : throw new BadRequestException($"{alone.Name} 要和 --client-cert 一起用");
        }

        if (parsed.GetValue(_encryptionCertificate) is null && parsed.GetValue(_encryptionKey) is not null)
        {
            throw new BadRequestException("--client-enc-key 要和 --client-enc-cert 一起用");
        }

        var sent = Certificates(_certificate.Name, path);
        var encryption = parsed.GetValue(_encryptionCertificate);
        var password = parsed.GetValue(_password);
        var identity = new TlcpIdentity(
            sent[0],
            SigningKey.Read(parsed.GetValue(_key) ?? path, password, _key.Name, PasswordOption)!,
            encryption is null ? null : Certificates(_encryptionCertificate.Name, encryption)[0],
            SigningKey.Read(parsed.GetValue(_encryptionKey) ?? encryption, password, _encryptionKey.Name, PasswordOption))
        {
            Chain = [.. sent.Skip(1)],
        };
        return identity.Fault() is { } fault ? throw new BadRequestException($"客户端证书不能用：{fault}") : identity;
    }

    private static List<byte[]> Certificates(string option, string path)
    {
        var content = TrustReader.Content(path, TrustReader.CertificateFileCap, out var why) ?? throw new BadRequestException($"{option} {path} {why}；应为证书文件（PEM/DER）");
        var found = CertificateBundle.Read(content).Certificates.Select(c => c.Der.ToArray()).ToList();
        return found.Count > 0 ? found : throw new BadRequestException($"{option} {path} 里没有可读的证书");
    }
}
