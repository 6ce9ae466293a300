using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>One line about a key container, for people.</summary>
internal static class KeyWords
{
    public static string Say(KeyContainer key, bool? isWeak)
    {
        var what = $"{FormatName(key.Format)}{(key.Algorithm is { } algorithm ? $" {algorithm}" : "")} ";
        if (key.HoldsPrivateKey == false)
        {
            return what + "没有私钥";
        }

        if (key.IsClear == true)
        {
            return what + "私钥，明文";
        }

        var kept = key.Kdf is null ? "" : $"，{key.Kdf}{(key.Iterations is { } n ? $" 迭代 {n} 次" : "")}{(key.Cipher is { } cipher ? $"，{cipher}" : "")}";
        return $"{what}私钥，{(key.IsClear == false ? "已加密" : "是否加密看不出")}{kept}{(isWeak == true ? "，口令列入常见弱口令" : "")}";
    }

    private static string FormatName(KeyContainerFormat format) => format switch
    {
        KeyContainerFormat.Pkcs8 => "PKCS#8",
        KeyContainerFormat.Pkcs1 => "PKCS#1",
        KeyContainerFormat.Sec1 => "SEC 1",
        KeyContainerFormat.Dsa => "DSA",
        KeyContainerFormat.OpenSsh => "OpenSSH",
        KeyContainerFormat.Putty => "PuTTY",
        KeyContainerFormat.Pkcs12 => "PKCS#12",
        KeyContainerFormat.Jks => "JKS",
        KeyContainerFormat.Jceks => "JCEKS",
        KeyContainerFormat.Bks => "BKS",
        KeyContainerFormat.Pgp => "OpenPGP",
        KeyContainerFormat.Jwk => "JWK",
        _ => "国密密钥文件",
    };
}
