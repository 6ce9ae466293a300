namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What one pass over a source tree brought.</summary>
/// <param name="Files">That were read, by path in ordinal order; without their text.</param>
/// <param name="LeftOut">That were not, by path; the first of them where there are very many.</param>
/// <param name="LeftOutCounts">All of them, by reason.</param>
/// <param name="Faults">Examiners that failed on a file; what they would have found there is not known.</param>
/// <param name="IsWhole">False where a limit cut the walk or a folder could not be listed.</param>
internal sealed record SweptTree(
    IReadOnlyList<SweptFile> Files,
    IReadOnlyList<LeftOutEntry> LeftOut,
    IReadOnlyDictionary<LeftOutReason, int> LeftOutCounts,
    IReadOnlyList<ExaminerFault> Faults,
    bool IsWhole)
{
    /// <summary>By id of the examiner.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<FileFindings>> Findings { get; init; }

    /// <summary>What an examiner found, file by file in order of their paths; files with nothing are not among them.</summary>
    /// <exception cref="KeyNotFoundException">No such examiner took part.</exception>
    public IReadOnlyList<FileFindings> Of(string examinerId) => Findings[examinerId];

    /// <summary>The examiner looked at everything that was to be read: nothing cut, nothing failed, nothing found beyond the cap.</summary>
    public bool IsWholeFor(string examinerId) => IsWhole && !Faults.Any(f => f.Concerns(examinerId));
}

/// <param name="Path">Relative to the tree.</param>
/// <param name="Language">As it was read.</param>
/// <param name="Charset">As it was decoded.</param>
/// <param name="Lines">How many it has.</param>
/// <param name="Hidden">Where it says something else than people read; the first of them.</param>
internal sealed record SweptFile(string Path, SourceLanguage Language, string Charset, int Lines, IReadOnlyList<HiddenPlace> Hidden)
{
    /// <summary>What its comments ask not to count.</summary>
    public IReadOnlyList<WrittenSuppression> Suppressions { get; init; } = [];
}

/// <param name="Path">Of the file.</param>
/// <param name="Language">Of the file.</param>
/// <param name="Findings">In order of the text.</param>
internal sealed record FileFindings(string Path, SourceLanguage Language, SourceFindings Findings);

/// <param name="Path">Of the file; "" where the cap on all findings was reached.</param>
/// <param name="ExaminerId">Which; that of the tokenizer where a file may not have been read to its end.</param>
/// <param name="What">Name of the exception, or what was cut; never text of the file.</param>
internal sealed record ExaminerFault(string Path, string ExaminerId, string What)
{
    /// <summary>What was not read rightly no examiner saw.</summary>
    public bool Concerns(string examinerId) => ExaminerId == examinerId || ExaminerId == Tokenizer.Id;
}
