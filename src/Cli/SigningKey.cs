using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>Reads the keys named on the command line.</summary>
internal static class SigningKey
{
    private const int FileCap = 64 * 1024;

    /// <summary>Null where no key was named.</summary>
    /// <param name="path">PEM.</param>
    /// <param name="passwordFrom">Where its password is; null for an open key.</param>
    /// <param name="option">That named it, for messages.</param>
    /// <param name="passwordOption">That named the password.</param>
    /// <exception cref="BadRequestException">The file is no usable SM2 private key.</exception>
    public static Sm2PrivateKey? Read(string? path, string? passwordFrom, string option = "--sign-key", string passwordOption = "--sign-key-password")
    {
        if (path is null)
        {
            return null;
        }

        try
        {
            return Sm2PrivateKey.ImportPem(ReadText(path), passwordFrom is null ? null : Password(passwordFrom, passwordOption));
        }
        catch (CryptographicException wrong)
        {
            throw new BadRequestException($"{option} {path} 不能用：{wrong.Message}");
        }
    }

    /// <exception cref="BadRequestException">The file is no SM2 public key.</exception>
    public static Sm2PublicKey? ReadPublic(string? path)
    {
        if (path is null)
        {
            return null;
        }

        try
        {
            return Sm2PublicKey.ImportPem(ReadText(path));
        }
        catch (CryptographicException wrong)
        {
            throw new BadRequestException($"--key {path} 不是 SM2 公钥（PEM）：{wrong.Message}");
        }
    }

    private static string Password(string from, string option)
    {
        if (from.StartsWith("env:", StringComparison.Ordinal))
        {
            return Environment.GetEnvironmentVariable(from[4..]) ?? throw new BadRequestException($"没有设置环境变量 {from[4..]}");
        }

        return from.StartsWith("file:", StringComparison.Ordinal)
            ? ReadText(from[5..]).TrimEnd('\r', '\n')
            : throw new BadRequestException($"{option} 只接受 env:变量名 或 file:路径，不接受明文口令");
    }

    private static string ReadText(string path)
    {
        try
        {
            var bytes = RegularFile.Read(path, FileCap);
            return bytes.Length > FileCap ? throw new BadRequestException($"{path} 超过 {FileCap} 字节") : new UTF8Encoding().GetString(bytes).TrimStart('\uFEFF');
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BadRequestException($"读不了 {path}:{trouble.Message}");
        }
    }
}
