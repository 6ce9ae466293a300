using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>The form of the test account's row and what its value is.</summary>
internal sealed record ProvenForm(PasswordRecipe Recipe, (PasswordShape Shape, int Bytes) Form);

/// <summary>
/// What the counts say of the whole column. One recomputed row speaks for the rows of its form alone, and where salts are concerned only as
/// long as nothing speaks against it.
/// </summary>
internal sealed class PasswordColumnReading(PasswordTally tally, bool hasSaltColumn, bool whole, ProvenForm? proven)
{
    private long Proven => proven is null ? 0 : tally.OfForm(proven.Form);

    private bool ProvesAll => proven is not null && Proven == tally.Rows && whole;

    private long Readable => tally.Of(PasswordShapes.IsReadable);

    /// <summary>Rows of no known form; those that were recomputed are known.</summary>
    private long Unknown => tally.Of(s => s is PasswordShape.Other) - (proven?.Form.Shape is PasswordShape.Other ? Proven : 0);

    public long Hashed => tally.Rows - Readable - Unknown - tally.Of(s => s is PasswordShape.CipherBlocks) + (proven?.Form.Shape is PasswordShape.CipherBlocks ? Proven : 0);

    public Fact<long> ReadableRows => Readable > 0 || (whole && Unknown == 0) ? Readable : default(Fact<long>);

    public Fact<bool> OneWay
    {
        get
        {
            var sure = tally.Of(PasswordShapes.SaysItself) + (proven is not null && !PasswordShapes.SaysItself(proven.Form.Shape) ? Proven : 0);
            var isOneBareForm = tally.CommonRows > 0 && tally.Shapes is [{ Shape: var only }] && PasswordShapes.IsBareDigest(only);
            return Readable > 0 ? false : whole && (sure == tally.Rows || isOneBareForm) ? true : default(Fact<bool>);
        }
    }

    /// <summary>Where nothing is known of some rows, none is not said.</summary>
    public Fact<long> BrokenHashRows
    {
        get
        {
            var broken = tally.Of(PasswordShapes.IsBroken) + (proven is { Recipe.Algorithm: "MD5" or "SHA-1" } && !PasswordShapes.IsBroken(proven.Form.Shape) ? Proven : 0);
            return broken > 0 || (whole && Unknown == 0 && tally.Of(s => s is PasswordShape.CipherBlocks) == 0) ? broken : default(Fact<long>);
        }
    }

    public Fact<SaltEvidence> Salt =>
        IsProvedAbsent ? SaltEvidence.ProvedAbsent
        : hasSaltColumn && tally.EmptySalts > 0 ? SaltEvidence.MissingInRows
        : tally.SaltsRepeat ? SaltEvidence.RepeatedColumn
        : !whole ? default(Fact<SaltEvidence>)
        : tally.Of(PasswordShapes.SaysItself) == tally.Rows && tally.RowsWithInnerSalt == tally.Rows ? SaltEvidence.Embedded
        : !ProvesAll || !proven!.Recipe.UsesSalt ? default(Fact<SaltEvidence>)
        : proven.Recipe.Recipe.Contains("值内的盐", StringComparison.Ordinal) ? SaltEvidence.Embedded
        : hasSaltColumn && tally.DistinctSalts == tally.Rows && !proven.Recipe.Recipe.Contains("账号", StringComparison.Ordinal) ? SaltEvidence.UniqueColumn
        : default(Fact<SaltEvidence>);

    private bool IsProvedAbsent =>
        proven is { Recipe.UsesSalt: false }
        || tally.EqualBesideOtherSalts > 0
        || (tally.Rows > 1 && tally.DistinctSalts == 1 && tally.EmptySalts == 0)
        || (tally.Of(PasswordShapes.IsBareDigest) > 0 && (tally.CommonRows > 0 || (!hasSaltColumn && proven is null && tally.EqualRows > 0)));

    /// <summary>Of all rows or of none.</summary>
    public Fact<long> IterationsLeast => tally.IterationsLeast is { } written ? Math.Min(written, proven?.Recipe.Iterations ?? written)
        : ProvesAll ? proven!.Recipe.Iterations
        : default(Fact<long>);

    public Fact<bool> IsNational => proven is { Recipe.IsNational: false } || tally.Of(IsForeign) > 0 ? false : ProvesAll && proven!.Recipe.IsNational ? true : default(Fact<bool>);

    /// <summary>Its looks alone say that the algorithm is none of the national ones.</summary>
    private static bool IsForeign(PasswordShape shape) => shape is PasswordShape.Bcrypt or PasswordShape.Scrypt or PasswordShape.Argon2 or PasswordShape.Yescrypt or PasswordShape.CryptDes
        or PasswordShape.CryptMd5 or PasswordShape.CryptSha2 or PasswordShape.SaltedSha1 or PasswordShape.SaltedSha2 or PasswordShape.SaltedMd5 or PasswordShape.Md5OrNtlm
        or PasswordShape.Md5 or PasswordShape.Sha1 or PasswordShape.Sha384 or PasswordShape.Sha512 or PasswordShape.BrokenDigestWithSalt;
}
