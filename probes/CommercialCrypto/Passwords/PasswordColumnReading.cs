using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>The form of the test accounts' rows and what their values are.</summary>
/// <param name="Recipe">Found for the first of them.</param>
/// <param name="Form">Of its row.</param>
/// <param name="Rows">Rows for which it was found.</param>
internal sealed record ProvenForm(PasswordRecipe Recipe, (PasswordShape Shape, int Bytes) Form, int Rows);

/// <summary>
/// What the counts say of the whole column. Recomputed rows speak for the rows of their form alone, where salts are concerned only as long as
/// nothing speaks against it, and for what is good only where there are several: the same form is not the same recipe, and one account can be made to fit.
/// </summary>
internal sealed class PasswordColumnReading(PasswordTally tally, bool hasSaltColumn, bool whole, ProvenForm? proven)
{
    /// <summary>Accounts that have to be recomputed before the others of their form are taken to be like them.</summary>
    private const int SeveralRows = 3;

    private long Proven => proven is null ? 0 : tally.OfForm(proven.Form);

    private bool IsSeveral => proven is not null && proven.Rows >= Math.Min(SeveralRows, tally.Rows);

    private bool ProvesAll => IsSeveral && Proven == tally.Rows && whole && tally.LooksMixed;

    /// <summary>Rows taken to be of the recipe that several were found to have. What a value says of itself anybody can write before anything.</summary>
    private long Sure => IsSeveral && tally.LooksMixed ? Proven : 0;

    /// <summary>What every row is was seen and not only said: by accounts that were recomputed, or by hashes of common passwords among bare digests.</summary>
    public Fact<bool> ProvenWholly => ProvesAll || (whole && IsOneBareForm && tally.LooksMixed) ? true : default(Fact<bool>);

    /// <summary>Several hashes of common passwords show what a column of one bare form is.</summary>
    private bool IsOneBareForm => tally.CommonRows >= Math.Min(SeveralRows, tally.Rows) && tally.Shapes is [{ Shape: var only }] && PasswordShapes.IsBareDigest(only);

    private long Readable => tally.Of(PasswordShapes.IsReadable);

    /// <summary>Rows of no known form; those that were recomputed are known.</summary>
    private long Unknown => tally.Of(s => s is PasswordShape.Other) - (proven?.Form.Shape is PasswordShape.Other ? Proven : 0);

    public long Hashed => tally.Rows - Readable - Unknown - tally.Of(s => s is PasswordShape.CipherBlocks) + (proven?.Form.Shape is PasswordShape.CipherBlocks ? Proven : 0);

    public Fact<long> ReadableRows => Readable > 0 || (whole && Unknown == 0) ? Readable : default(Fact<long>);

    public Fact<bool> OneWay => Readable > 0 ? false : ProvenWholly;

    /// <summary>None is said only where it is known what every row is: 64 digits are also two of MD5, or what a cipher writes.</summary>
    public Fact<long> BrokenHashRows
    {
        get
        {
            var broken = tally.Of(PasswordShapes.IsBroken) + (proven is { Recipe.Algorithm: "MD5" or "SHA-1" } && !PasswordShapes.IsBroken(proven.Form.Shape) ? Proven : 0);
            return broken > 0 || (whole && (Sure + Readable == tally.Rows || IsOneBareForm)) ? broken : default(Fact<long>);
        }
    }

    public Fact<SaltEvidence> Salt =>
        IsProvedAbsent ? SaltEvidence.ProvedAbsent
        : hasSaltColumn && tally.EmptySalts > 0 ? SaltEvidence.MissingInRows
        : tally.SaltsRepeat ? SaltEvidence.RepeatedColumn
        : tally.SaltsPredictable ? SaltEvidence.Predictable
        : !whole || !tally.SaltsSeenThrough ? default(Fact<SaltEvidence>)
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
