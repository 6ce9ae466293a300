using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

/// <summary>A small SM2 authority with what it issued, made by openssl.</summary>
internal static class CertificateSet
{
    private const string Extensions = """
        [sign]
        basicConstraints=CA:FALSE
        keyUsage=critical,digitalSignature,nonRepudiation
        authorityKeyIdentifier=keyid
        subjectKeyIdentifier=hash
        crlDistributionPoints=URI:http://pki.example.cn/ca.crl
        [enc]
        basicConstraints=CA:FALSE
        keyUsage=critical,keyEncipherment,dataEncipherment,keyAgreement
        authorityKeyIdentifier=keyid
        subjectKeyIdentifier=hash
        crlDistributionPoints=URI:http://pki.example.cn/ca.crl
        [ca]
        default_ca=own
        [own]
        database=index.txt
        crlnumber=number.txt
        default_md=sm3
        default_crl_days=30
        """;

    /// <summary>ca.crt, ca.crl, sign.crt, enc.crt, their requests, and the private keys in the folder <paramref name="keys"/>.</summary>
    public static void Write(TemporaryFolder folder, string keys)
    {
        var work = folder.Path;
        folder.Write("make.cnf", Extensions);
        folder.Write("index.txt", "");
        folder.Write("number.txt", "01\n");
        Directory.CreateDirectory(Path.Combine(work, keys));
        string Key(string name) => $"{keys}/{name}.key";
        OpenSslCommand.Run(work, "genpkey", "-algorithm", "SM2", "-out", Key("ca"));
        OpenSslCommand.Run(work, "req", "-new", "-x509", "-sm3", "-sigopt", OpenSslCommand.DefaultId, "-key", Key("ca"), "-subj", "/C=CN/O=Example/CN=Example Root", "-days", "3650",
            "-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign", "-out", "ca.crt");
        foreach (var name in new[] { "sign", "enc" })
        {
            OpenSslCommand.Run(work, "genpkey", "-algorithm", "SM2", "-out", Key(name));
            OpenSslCommand.Run(work, "req", "-new", "-sm3", "-sigopt", OpenSslCommand.DefaultId, "-key", Key(name), "-subj", "/C=CN/O=Example/CN=gov.example.cn", "-out", $"{name}.csr");
            OpenSslCommand.Run(work, "x509", "-req", "-sm3", "-sigopt", OpenSslCommand.DefaultId, "-vfyopt", OpenSslCommand.DefaultId, "-in", $"{name}.csr", "-CA", "ca.crt", "-CAkey", Key("ca"),
                "-days", "365", "-extfile", "make.cnf", "-extensions", name, "-out", $"{name}.crt");
        }

        OpenSslCommand.Run(work, "ca", "-config", "make.cnf", "-gencrl", "-keyfile", Key("ca"), "-cert", "ca.crt", "-sigopt", OpenSslCommand.DefaultId, "-out", "ca.crl");
        foreach (var left in Directory.GetFiles(work).Where(f => Path.GetFileName(f) is "make.cnf" || Path.GetFileName(f).StartsWith("index", StringComparison.Ordinal) || Path.GetFileName(f).StartsWith("number", StringComparison.Ordinal)))
        {
            File.Delete(left);
        }
    }
}
