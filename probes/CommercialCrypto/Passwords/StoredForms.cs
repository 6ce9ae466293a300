using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>The password of a test account under the algorithm its stored value names.</summary>
internal static class StoredForms
{
    /// <returns>The recipe where it gives the stored value.</returns>
    public static (StoredPasswordCheck Check, PasswordRecipe? Recipe) Find(string value, PasswordReading reading, string password)
    {
        var bare = value.StartsWith('{') ? value[(value.IndexOf('}', StringComparison.Ordinal) + 1)..] : value;
        var name = reading.Shape switch
        {
            PasswordShape.Bcrypt => "bcrypt",
            PasswordShape.Scrypt => "scrypt",
            PasswordShape.CryptMd5 => "MD5",
            PasswordShape.CryptSha2 => bare.StartsWith("$5$", StringComparison.Ordinal) ? "SHA-256" : "SHA-512",
            _ => null,
        };
        var check = name is null ? StoredPasswordCheck.NotComputed : StoredPassword.Check(bare, password);
        return (check, check != StoredPasswordCheck.Matches ? null : new PasswordRecipe
        {
            Recipe = $"{(name is "MD5" or "SHA-256" or "SHA-512" ? $"crypt(3) 的 {name}" : name)}(口令, 值内的盐)",
            Algorithm = name!,
            IsNational = false,
            UsesSalt = true,
            UsesKey = false,
            Iterations = (int)Math.Min(reading.Iterations ?? 1, int.MaxValue),
        });
    }
}
