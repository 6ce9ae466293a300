using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>Business records: signed, encrypted and with a check column.</summary>
internal static class RecordSamples
{
    private const int Count = 200;

    public static void Write(DemoSamples samples, DemoVariant variant, TimeProvider clock)
    {
        Signed(samples, variant, clock);
        Encrypted(samples, variant);
        Checked(samples, variant);
    }

    /// <summary>Careless: every tenth record was changed after it was signed, and the signer is a bare key.</summary>
    private static void Signed(DemoSamples samples, DemoVariant variant, TimeProvider clock)
    {
        using var authority = new Sm2Authority("演示国密根证书", clock);
        var signer = authority.IssueSigning("records.example.cn");
        using var key = signer.Key;
        var rows = new List<string[]> { new[] { "id", "amount", "apply_time", "sign_value" } };
        for (var i = 1; i <= Count; i++)
        {
            var (id, amount, time) = (Id(i), Number(i * 137), Time(i));
            var signature = Convert.ToHexStringLower(key.SignRaw(Encoding.UTF8.GetBytes($"{id}|{amount}|{time}")));
            rows.Add([id, variant == DemoVariant.Careless && i % 10 == 0 ? Number((i * 137) + 1) : amount, time, signature]);
        }

        samples.Table("signed.csv", rows);
        var file = variant == DemoVariant.Careless
            ? samples.File("signer.pem", PemEncoding.WriteString("PUBLIC KEY", key.PublicKey.ExportSpki()) + "\n")
            : samples.File("signer.cer", signer.Certificate);
        samples.List("signed-records", "签名业务记录", "signature", "signed.csv", ("signature", "sign_value"), ("data", "id,amount,apply_time"), ("join", "|"), ("key", file));
    }

    /// <summary>Careless: SM4 in ECB mode, so that equal values give equal ciphertexts. Well-run: SM4-CBC, the vector before each value.</summary>
    private static void Encrypted(DemoSamples samples, DemoVariant variant)
    {
        var key = RandomNumberGenerator.GetBytes(16);
        var rows = new List<string[]> { new[] { "id", "address_enc" } };
        for (var i = 1; i <= Count; i++)
        {
            // Twenty neighbours share an address, as in any town.
            var plain = Encoding.UTF8.GetBytes($"示例省示例市示例区幸福路{Number(i % 20)}号院住宅小区");
            var iv = RandomNumberGenerator.GetBytes(16);
            rows.Add([Id(i), Convert.ToBase64String(variant == DemoVariant.Careless ? Sm4.EncryptEcb(key, plain) : [.. iv, .. Sm4.EncryptCbc(key, iv, plain)])]);
        }

        samples.Table("encrypted.csv", rows);
        var file = samples.File("test-cipher.key", Convert.ToHexStringLower(key) + "\n");
        samples.List("encrypted-columns", "密文样本", "ciphertext", "encrypted.csv", ("columns", "address_enc"), ("key", $"file:{file}"));
    }

    /// <summary>Careless: the bare SM3 of the fields, which anybody can compute again. Well-run: HMAC-SM3.</summary>
    private static void Checked(DemoSamples samples, DemoVariant variant)
    {
        var key = RandomNumberGenerator.GetBytes(16);
        var rows = new List<string[]> { new[] { "id", "amount", "apply_time", "check_value" } };
        for (var i = 1; i <= Count; i++)
        {
            var (id, amount, time) = (Id(i), Number(i * 53), Time(i));
            var message = Encoding.UTF8.GetBytes($"{id}|{amount}|{time}");
            rows.Add([id, amount, time, Convert.ToHexStringLower(variant == DemoVariant.Careless ? Sm3.HashData(message) : HmacSm3.HashData(key, message))]);
        }

        samples.Table("checked.csv", rows);
        var settings = new List<(string, string)> { ("check", "check_value"), ("columns", "id,amount,apply_time") };
        if (variant == DemoVariant.WellRun)
        {
            settings.Add(("key", $"file:{samples.File("test-mac.key", Convert.ToHexStringLower(key) + "\n")}"));
        }

        samples.List("checked-records", "完整性校验样本", "integrity", "checked.csv", settings);
    }

    private static string Id(int i) => $"SQ2026{i.ToString("D6", CultureInfo.InvariantCulture)}";

    private static string Time(int i) => $"2026-03-{((i % 28) + 1).ToString("D2", CultureInfo.InvariantCulture)} 09:{(i % 60).ToString("D2", CultureInfo.InvariantCulture)}:00";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
