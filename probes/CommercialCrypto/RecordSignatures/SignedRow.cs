namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>One record of a file.</summary>
/// <param name="Number">As people count: the line of a table with its heading as 1, or the line of JSON.</param>
/// <param name="Values">Of the columns asked for, in their order; null where the record has none.</param>
/// <param name="Problem">Why it cannot be used, for people; null where it can.</param>
internal sealed record SignedRow(long Number, string?[] Values, string? Problem = null);

/// <summary>The file cannot be read on; the message says where and why.</summary>
internal sealed class RowsBrokenException(string message) : Exception(message);
