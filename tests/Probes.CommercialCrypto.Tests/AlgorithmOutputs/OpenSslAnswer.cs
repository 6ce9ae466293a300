using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

/// <summary>Answers of the <c>openssl</c> command; null for what its command line does not do.</summary>
internal static class OpenSslAnswer
{
    public static string? Of(TemporaryFolder folder, AlgorithmCase one)
    {
        byte[] Run(byte[] input, params string[] arguments) => OpenSslCommand.Run(folder.Path, input, arguments);
        string Hex(string name) => Convert.ToHexString(one.Bytes(name));
        var input = one.Optional("input") ?? [];
        switch (one.Operation)
        {
            case "sm3":
                return Convert.ToHexString(Run(input, "dgst", "-sm3", "-binary"));
            case "hmac-sm3":
                return Convert.ToHexString(Run(input, "dgst", "-sm3", "-binary", "-mac", "HMAC", "-macopt", $"hexkey:{Hex("key")}"));
            case "sm4-ecb-encrypt" or "sm4-cbc-encrypt" or "sm4-ctr-encrypt" or "sm4-ecb-decrypt" or "sm4-cbc-decrypt":
                List<string> arguments = ["enc", "-" + one.Operation[..7], one.Operation.EndsWith("decrypt", StringComparison.Ordinal) ? "-d" : "-e", "-K", Hex("key")];
                arguments.AddRange(one.Has("iv") ? ["-iv", Hex("iv")] : []);
                arguments.AddRange(one.Text("padding") == "none" ? ["-nopad"] : []);
                return Convert.ToHexString(Run(input, [.. arguments]));
            case "sm2-sign" or "sm2-decrypt":
                using (var key = Sm2PrivateKey.ImportScalar(one.Bytes("privateKey")))
                {
                    folder.Write("k.pem", key.ExportPkcs8Pem());
                }

                folder.Write("m", input);
                return one.Operation == "sm2-sign" ? Convert.ToHexString(Run([], "dgst", "-sm3", "-sign", "k.pem", "-sigopt", Id(one), "m"))
                    : Answer(() => Convert.ToHexString(Run(Sm2Ciphertext.ToDer(input), "pkeyutl", "-decrypt", "-inkey", "k.pem")), "reject");
            case "sm2-verify" or "sm2-encrypt":
                folder.Write("p.pem", Sm2PublicKey.FromPoint(one.Bytes("publicKey")).ExportPem());
                folder.Write("m", input);
                if (one.Operation == "sm2-encrypt")
                {
                    return Convert.ToHexString(Run(input, "pkeyutl", "-encrypt", "-pubin", "-inkey", "p.pem"));
                }

                folder.Write("s", Sm2Signature.Encode(one.Bytes("signature")));
                return Answer(
                    () =>
                    {
                        // It ends with an error where the signature is wrong.
                        Run([], "dgst", "-sm3", "-verify", "p.pem", "-sigopt", Id(one), "-signature", "s", "m");
                        return "valid";
                    },
                    "invalid");
            default:
                return null;
        }
    }

    private static string Id(AlgorithmCase one) => $"distid:{one.Text("userId") ?? "1234567812345678"}";

    private static string Answer(Func<string> run, string otherwise)
    {
        try
        {
            return run();
        }
        catch (Xunit.Sdk.XunitException)
        {
            return otherwise;
        }
    }
}
