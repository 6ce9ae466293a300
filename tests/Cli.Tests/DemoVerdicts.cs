namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>What the demonstration is judged to be: an id and a verdict for each target, ids in their order.</summary>
internal static class DemoVerdicts
{
    private static readonly string[] Functions = [.. Enumerable.Range(1, 4).Select(n => $"ARCHIVE-B-0{n}"), .. Enumerable.Range(1, 12).Select(n => $"ARCHIVE-F-{n:D2}")];

    /// <summary>What a walk in a browser contradicts in the careless variant; everything else of the pages is for people, with a browser or without one.</summary>
    private static readonly string[] Contradicted = ["B-01", "B-02", "B-03", "B-04", "F-03", "F-04", "F-05", "F-06", "F-07", "F-08", "F-09", "F-10"];

    /// <param name="table">One of the tables below.</param>
    /// <param name="walked">True for the careless variant where a browser walked its pages.</param>
    public static IEnumerable<string> Of(string table, bool walked) => table.Split(['|', '\n']).Select(r => r.Trim())
        .SelectMany(r => r.StartsWith("AUD-01 ", StringComparison.Ordinal) ? [.. Functions.Select(f => $"{f} {(walked && Contradicted.Contains(f[8..], StringComparer.Ordinal) ? "notSatisfied" : "needsReview")}"), r] : (IEnumerable<string>)[r]);

    public const string Careless = """
        ACC-01 notSatisfied|ACC-02 notSatisfied|ACC-03 notSatisfied
        ACC-04 notSatisfied|ACC-05 notSatisfied|ACC-06 notSatisfied
        ACC-07 satisfied|ACC-08 satisfied|ACC-09 satisfied
        ACC-10 satisfied|ACC-11 satisfied|ACC-12 satisfied
        ACC-13 notSatisfied|ACC-14 notSatisfied|ACC-15 satisfied
        ACC-16 satisfied|ACC-17 satisfied|ACC-18 notSatisfied
        ACC-19 satisfied|ACC-20 satisfied|APP-01 needsReview needsReview
        APP-02 satisfied notSatisfied|APP-03 needsReview needsReview|APP-04 notSatisfied notSatisfied
        APP-05 needsReview needsReview|APP-06 satisfied satisfied|APP-07 notSatisfied notSatisfied
        APP-08 needsReview needsReview|AUD-01 satisfied|AUD-02 satisfied
        AUD-03 satisfied|AUD-04 satisfied|AUD-05 satisfied
        AUD-06 satisfied|AUD-07 satisfied|AUD-08 satisfied
        AUD-09 satisfied|AUD-10 satisfied|AUD-11 satisfied
        AUD-12 satisfied|AUD-13 satisfied|CDEP-01 needsReview
        CDEP-02 notSatisfied|CDEP-03 satisfied|CDEP-04 partial
        CDEP-05 needsReview|CERT-01 notSatisfied notApplicable|CERT-02 notSatisfied notApplicable
        CERT-03 satisfied notApplicable|CERT-04 satisfied notApplicable|CERT-05 notSatisfied notApplicable
        CERT-06 notApplicable notApplicable|CERT-07 satisfied notApplicable|CERTFILE-01 satisfied
        CERTFILE-02 satisfied|CERTFILE-03 satisfied|CERTFILE-04 notApplicable
        CERTFILE-05 notSatisfied|CERTFILE-06 notSatisfied|CERTFILE-07 satisfied
        CERTFILE-08 notSatisfied|CERTFILE-09 notSatisfied|CERTFILE-10 partial
        CERTFILE-11 notApplicable|CERTFILE-12 notApplicable|CERTFILE-13 notApplicable
        CERTFILE-14 notApplicable|CERTFILE-15 satisfied|CHAIN-01 notSatisfied notApplicable
        CHAIN-02 satisfied notApplicable|CHAIN-03 satisfied notApplicable|CHAIN-04 satisfied notApplicable
        CHAIN-05 notApplicable notApplicable|CHN-01 satisfied notApplicable|CHN-02 notApplicable notApplicable
        CHN-03 satisfied notApplicable|CHN-04 satisfied notApplicable|CHN-05 notApplicable notSatisfied
        CIPHER-01 satisfied|CIPHER-02 notSatisfied|CIPHER-03 notSatisfied
        CIPHER-04 notSatisfied|CIPHER-05 needsReview|CIPHER-06 satisfied
        CJC-01 needsReview|CJC-02 needsReview|CJC-03 needsReview|CJC-20 needsReview
        CODE-GM-02 needsReview|CODE-GM-03 notSatisfied|CODE-GM-04 notSatisfied
        CODE-GM-05 satisfied|CODE-GM-06 notSatisfied|CODE-GM-07 satisfied
        CODE-GM-08 notSatisfied|CODE-GM-09 notSatisfied|CODE-GM-10 satisfied
        CODE-GM-11 satisfied|CODE-GM-12 needsReview|CODE-GM-13 notSatisfied
        CODE-GM-14 notSatisfied|CODE-GM-15 satisfied|CODE-GM-16 notSatisfied
        CODE-GM-17 notSatisfied|CODE-SCAN-01 needsReview|CODE-SCOPE-01 satisfied
        CODE-SCOPE-02 satisfied|CSC-01 notSatisfied|CSC-02 satisfied
        CSC-03 satisfied|CSC-04 satisfied|CSC-05 satisfied
        CSC-06 satisfied|CSC-07 satisfied|CSEC-01 satisfied
        CSEC-02 satisfied|CSEC-03 satisfied|CSEC-04 satisfied
        CSEC-05 notSatisfied|CSEC-06 satisfied|CSEC-07 satisfied
        CSEC-08 needsReview|DAT70-1-1 needsReview|DAT70-1-10 satisfied
        DAT70-1-11 notSatisfied|DAT70-1-12 satisfied|DAT70-1-13 satisfied
        DAT70-1-14 partial|DAT70-1-2 satisfied|DAT70-1-3 satisfied
        DAT70-1-4 satisfied|DAT70-1-5 satisfied|DAT70-1-6 satisfied
        DAT70-1-7 satisfied|DAT70-1-8 needsReview|DAT70-1-9 needsReview
        DAT70-2-1 satisfied|DAT70-2-10 satisfied|DAT70-2-11 notSatisfied
        DAT70-2-2 satisfied|DAT70-2-3 satisfied|DAT70-2-4 satisfied
        DAT70-2-5 satisfied|DAT70-2-6 needsReview|DAT70-2-7 satisfied
        DAT70-2-8 satisfied|DAT70-2-9 satisfied|DAT70-3-1 satisfied
        DAT70-3-2 needsReview|DAT70-3-3 satisfied|DAT70-3-4 satisfied
        DAT70-3-5 satisfied|DAT70-3-6 satisfied|DAT70-3-7 needsReview
        DAT70-3-8 satisfied|DAT70-4-1 needsReview|DAT70-4-2 needsReview
        DAT70-4-3 satisfied|DAT70-4-4 needsReview|DAT70-4-5 needsReview
        DAT70-4-6 needsReview|DAT70-4-7 needsReview|DM-01 notApplicable
        DM-02 notApplicable|DM-03 notApplicable|DM-04 notApplicable
        DM-05 notApplicable|DM-06 notApplicable|DM-07 notApplicable
        FIL-01 satisfied|FIL-02 notSatisfied|FIL-03 satisfied
        FIL-04 satisfied|FIL-05 satisfied|FIL-06 notSatisfied
        FIL-07 satisfied|FIL-08 satisfied|FLAW-01 satisfied notApplicable
        FLAW-02 satisfied notApplicable|FLAW-03 notApplicable notApplicable|FLAW-04 satisfied notApplicable
        FLAW-05 satisfied notApplicable|FLAW-06 satisfied notApplicable|FLAW-07 satisfied notApplicable
        FLAW-08 satisfied notApplicable|FLAW-09 satisfied notApplicable|FLAW-10 notApplicable notApplicable
        FLAW-11 satisfied notApplicable|FLAW-12 satisfied notApplicable|FLAW-13 satisfied notApplicable
        FLAW-14 satisfied notApplicable|FLAW-15 satisfied notApplicable|FLAW-16 satisfied notApplicable
        FLAW-17 notApplicable notApplicable|FLAW-18 notApplicable notApplicable|HTTP-01 notSatisfied notApplicable|HTTP-02 notSatisfied notSatisfied
        HTTP-03 notSatisfied notSatisfied|HTTP-04 notSatisfied notSatisfied|HTTP-05 notSatisfied notSatisfied
        HTTP-06 notSatisfied notSatisfied|HTTP-07 notApplicable notSatisfied|HTTP-08 notApplicable notApplicable
        HTTP-09 notApplicable notApplicable|HTTP-10 satisfied notApplicable|INT-01 notSatisfied
        INT-02 notSatisfied|INT-03 satisfied|INT-04 notSatisfied
        INT-05 notSatisfied|INT-06 satisfied|INT-07 satisfied
        INT-08 notSatisfied|INT-09 satisfied|INT-10 satisfied
        INT-11 satisfied|INT-12 satisfied|INTEGRITY-01 notSatisfied
        INTEGRITY-02 notSatisfied|INTEGRITY-03 satisfied|INTEGRITY-04 satisfied
        INTEGRITY-05 satisfied|KEX-01 notApplicable notApplicable|KEX-02 satisfied notApplicable
        KEX-03 satisfied notApplicable|KEX-04 satisfied notApplicable|KEYFILE-01 notSatisfied
        KEYFILE-02 notSatisfied|KEYFILE-03 satisfied|KEYFILE-04 notSatisfied
        MAC-01 satisfied|MAL-01 notSatisfied|MAL-02 notApplicable
        MAT-01 satisfied satisfied satisfied satisfied
        MAT-02 satisfied satisfied satisfied satisfied
        MAT-03 satisfied satisfied notSatisfied satisfied
        MAT-04 satisfied notSatisfied satisfied notApplicable
        MAT-05 notSatisfied satisfied satisfied notApplicable
        MAT-06 notSatisfied satisfied notApplicable notApplicable
        MY-01 notApplicable|MY-02 notApplicable|MY-03 notApplicable
        MY-04 notApplicable|MY-05 notApplicable|MY-06 notApplicable
        MY-07 notApplicable|MY-08 notApplicable|MY-09 notApplicable
        MY-10 notApplicable|NGX-01 notApplicable|NGX-02 notApplicable
        NGX-03 notApplicable|NGX-04 notApplicable|NGX-05 notApplicable
        NGX-06 notApplicable|NGX-07 notApplicable|NGX-08 notApplicable
        NGX-09 notApplicable|OFD-01 satisfied|OFD-02 notApplicable
        OFD-03 notApplicable|OFD-04 notApplicable|OFD-05 notApplicable
        OFD-06 notApplicable|OFD-07 satisfied|OFD-08 notApplicable
        OFD-09 notSatisfied|OFD-10 notApplicable
        PG-01 notApplicable|PG-02 notApplicable
        PG-03 notApplicable|PG-04 notApplicable|PG-05 notApplicable
        PG-06 notApplicable|PG-07 notApplicable|PG-08 notApplicable
        PG-09 notApplicable|PG-10 notApplicable|PG-11 notApplicable
        PWD-01 satisfied|PWD-02 satisfied|PWD-03 notSatisfied
        PWD-04 notSatisfied|PWD-05 notSatisfied|PWD-06 notSatisfied
        PWD-07 notSatisfied|RANDOM-01 notSatisfied|RANDOM-02 satisfied
        RANDOM-03 notSatisfied|RANDOM-04 notApplicable|RANDOM-05 needsReview
        RECSIG-01 notSatisfied|RECSIG-02 needsReview|RECSIG-03 satisfied
        RECSIG-04 satisfied|RECSIG-05 notApplicable|RECSIG-06 partial
        RECSIG-07 notApplicable|RED-01 notApplicable|RED-02 notApplicable
        RED-03 notApplicable|RED-04 notApplicable|RED-05 notApplicable
        RED-06 notApplicable|RED-07 notApplicable|REV-01 needsReview notApplicable
        REV-02 needsReview notApplicable|REV-03 notApplicable notApplicable|SMC-01 partial notApplicable
        SMC-02 notApplicable notApplicable|SMC-03 satisfied notApplicable|SMC-04 satisfied notApplicable
        SSH-01 notSatisfied|SSH-02 notSatisfied|SSH-03 notSatisfied
        SSH-04 satisfied|SSH-05 satisfied|SSH-06 satisfied
        SSH-07 notSatisfied|SSH-08 satisfied|SSH-09 satisfied
        SSH-10 satisfied|SSH-11 satisfied|SSH-12 satisfied
        SSH-13 satisfied|SSH-14 satisfied|SSH-15 notSatisfied
        SSH-16 satisfied|SSH-17 satisfied|STARTTLS-01 notApplicable notApplicable
        STARTTLS-02 notApplicable notApplicable|STARTTLS-03 notApplicable notApplicable|STARTTLS-04 notApplicable notApplicable
        STARTTLS-05 notApplicable notApplicable|STARTTLS-06 notApplicable notApplicable|SUITE-01 satisfied notApplicable
        SUITE-02 satisfied notApplicable|SUITE-03 satisfied notApplicable|SUITE-04 satisfied notApplicable
        SUITE-05 satisfied notApplicable|SUITE-06 satisfied notApplicable|SUITE-07 satisfied notApplicable
        SUITE-08 satisfied notApplicable|TLCP-01 notApplicable notApplicable|TLCP-02 notApplicable notApplicable
        TLCP-03 notApplicable notApplicable|TLCP-04 notApplicable notApplicable|TLCP-05 notApplicable notApplicable
        TLCP-06 notApplicable notApplicable|TLCP-07 notApplicable notApplicable|TLCP-08 notApplicable notApplicable
        TLCP-09 notApplicable notApplicable|TLCP-10 notApplicable notApplicable|TLCP-11 notApplicable notApplicable
        TLCP-12 notApplicable notApplicable|TLCP-13 notApplicable notApplicable|TLS-01 satisfied notApplicable
        TLS-02 satisfied notApplicable|TLS-03 notSatisfied notApplicable|TLS-04 satisfied notApplicable
        TLS13-01 notApplicable notApplicable|TLS13-02 notApplicable notApplicable|TOM-01 notApplicable
        TOM-02 notApplicable|TOM-03 notApplicable|TOM-04 notApplicable
        TOM-05 notApplicable|TOM-06 notApplicable|TOM-07 notApplicable
        TOM-08 notApplicable|TOM-09 notApplicable|TOM-10 notApplicable
        TRU-01 needsReview
        """;

    /// <summary>Nothing is left but the missing SM channel and what people have to say.</summary>
    public const string WellRun = """
        ACC-01 satisfied|ACC-02 satisfied|ACC-03 satisfied
        ACC-04 satisfied|ACC-05 satisfied|ACC-06 satisfied
        ACC-07 satisfied|ACC-08 satisfied|ACC-09 satisfied
        ACC-10 satisfied|ACC-11 satisfied|ACC-12 satisfied
        ACC-13 satisfied|ACC-14 satisfied|ACC-15 satisfied
        ACC-16 satisfied|ACC-17 satisfied|ACC-18 satisfied
        ACC-19 satisfied|ACC-20 satisfied|APP-01 needsReview notApplicable needsReview
        APP-02 satisfied notApplicable satisfied|APP-03 needsReview notApplicable needsReview|APP-04 satisfied needsReview satisfied
        APP-05 needsReview notApplicable needsReview|APP-06 satisfied satisfied satisfied|APP-07 satisfied notApplicable satisfied
        APP-08 needsReview notApplicable needsReview|AUD-01 satisfied|AUD-02 satisfied
        AUD-03 satisfied|AUD-04 satisfied|AUD-05 satisfied
        AUD-06 satisfied|AUD-07 satisfied|AUD-08 satisfied
        AUD-09 satisfied|AUD-10 satisfied|AUD-11 satisfied
        AUD-12 satisfied|AUD-13 satisfied|CDEP-01 needsReview
        CDEP-02 needsReview|CDEP-03 satisfied|CDEP-04 partial
        CDEP-05 needsReview|CERT-01 satisfied notApplicable notApplicable|CERT-02 satisfied notApplicable notApplicable
        CERT-03 satisfied notApplicable notApplicable|CERT-04 satisfied notApplicable notApplicable|CERT-05 satisfied notApplicable notApplicable
        CERT-06 satisfied notApplicable notApplicable|CERT-07 satisfied notApplicable notApplicable|CERTFILE-01 satisfied
        CERTFILE-02 satisfied|CERTFILE-03 satisfied|CERTFILE-04 satisfied
        CERTFILE-05 satisfied|CERTFILE-06 satisfied|CERTFILE-07 satisfied
        CERTFILE-08 satisfied|CERTFILE-09 satisfied|CERTFILE-10 satisfied
        CERTFILE-11 satisfied|CERTFILE-12 satisfied|CERTFILE-13 satisfied
        CERTFILE-14 notApplicable|CERTFILE-15 satisfied|CHAIN-01 satisfied notApplicable notApplicable
        CHAIN-02 satisfied notApplicable notApplicable|CHAIN-03 satisfied notApplicable notApplicable|CHAIN-04 satisfied notApplicable notApplicable
        CHAIN-05 satisfied notApplicable notApplicable|CHN-01 satisfied notApplicable satisfied|CHN-02 notApplicable notApplicable satisfied
        CHN-03 satisfied notApplicable satisfied|CHN-04 satisfied notApplicable satisfied|CHN-05 notApplicable satisfied notApplicable
        CIPHER-01 satisfied|CIPHER-02 satisfied|CIPHER-03 satisfied
        CIPHER-04 satisfied|CIPHER-05 satisfied|CIPHER-06 satisfied
        CJC-01 needsReview|CJC-02 needsReview|CJC-03 needsReview|CJC-20 needsReview
        CODE-GM-02 needsReview|CODE-GM-03 satisfied|CODE-GM-04 satisfied
        CODE-GM-05 satisfied|CODE-GM-06 satisfied|CODE-GM-07 satisfied
        CODE-GM-08 satisfied|CODE-GM-09 satisfied|CODE-GM-10 satisfied
        CODE-GM-11 satisfied|CODE-GM-12 satisfied|CODE-GM-13 satisfied
        CODE-GM-14 satisfied|CODE-GM-15 satisfied|CODE-GM-16 satisfied
        CODE-GM-17 satisfied|CODE-SCAN-01 needsReview|CODE-SCOPE-01 satisfied
        CODE-SCOPE-02 satisfied|CSC-01 satisfied|CSC-02 satisfied
        CSC-03 satisfied|CSC-04 satisfied|CSC-05 satisfied
        CSC-06 satisfied|CSC-07 satisfied|CSEC-01 satisfied
        CSEC-02 satisfied|CSEC-03 satisfied|CSEC-04 satisfied
        CSEC-05 satisfied|CSEC-06 satisfied|CSEC-07 satisfied
        CSEC-08 needsReview|DAT70-1-1 satisfied|DAT70-1-10 satisfied
        DAT70-1-11 satisfied|DAT70-1-12 satisfied|DAT70-1-13 satisfied
        DAT70-1-14 satisfied|DAT70-1-2 satisfied|DAT70-1-3 satisfied
        DAT70-1-4 satisfied|DAT70-1-5 satisfied|DAT70-1-6 satisfied
        DAT70-1-7 satisfied|DAT70-1-8 needsReview|DAT70-1-9 satisfied
        DAT70-2-1 satisfied|DAT70-2-10 satisfied|DAT70-2-11 satisfied
        DAT70-2-2 satisfied|DAT70-2-3 satisfied|DAT70-2-4 satisfied
        DAT70-2-5 satisfied|DAT70-2-6 needsReview|DAT70-2-7 satisfied
        DAT70-2-8 satisfied|DAT70-2-9 satisfied|DAT70-3-1 satisfied
        DAT70-3-2 needsReview|DAT70-3-3 satisfied|DAT70-3-4 satisfied
        DAT70-3-5 satisfied|DAT70-3-6 satisfied|DAT70-3-7 needsReview
        DAT70-3-8 satisfied|DAT70-4-1 needsReview|DAT70-4-2 needsReview
        DAT70-4-3 satisfied|DAT70-4-4 needsReview|DAT70-4-5 needsReview
        DAT70-4-6 needsReview|DAT70-4-7 needsReview|DM-01 notApplicable
        DM-02 notApplicable|DM-03 notApplicable|DM-04 notApplicable
        DM-05 notApplicable|DM-06 notApplicable|DM-07 notApplicable
        FIL-01 satisfied|FIL-02 satisfied|FIL-03 satisfied
        FIL-04 satisfied|FIL-05 satisfied|FIL-06 satisfied
        FIL-07 satisfied|FIL-08 satisfied|FLAW-01 satisfied notApplicable notApplicable
        FLAW-02 satisfied notApplicable notApplicable|FLAW-03 notApplicable notApplicable notApplicable|FLAW-04 satisfied notApplicable notApplicable
        FLAW-05 satisfied notApplicable notApplicable|FLAW-06 satisfied notApplicable notApplicable|FLAW-07 satisfied notApplicable notApplicable
        FLAW-08 satisfied notApplicable notApplicable|FLAW-09 satisfied notApplicable notApplicable|FLAW-10 satisfied notApplicable notApplicable
        FLAW-11 satisfied notApplicable notApplicable|FLAW-12 satisfied notApplicable notApplicable|FLAW-13 satisfied notApplicable notApplicable
        FLAW-14 satisfied notApplicable satisfied|FLAW-15 satisfied notApplicable satisfied|FLAW-16 satisfied notApplicable satisfied
        FLAW-17 notApplicable notApplicable notApplicable|FLAW-18 satisfied notApplicable satisfied|HTTP-01 satisfied notApplicable satisfied|HTTP-02 satisfied notApplicable satisfied
        HTTP-03 satisfied notApplicable satisfied|HTTP-04 satisfied notApplicable satisfied|HTTP-05 satisfied notApplicable satisfied
        HTTP-06 satisfied satisfied satisfied|HTTP-07 notApplicable satisfied notApplicable|HTTP-08 notApplicable notApplicable notApplicable
        HTTP-09 notApplicable notApplicable notApplicable|HTTP-10 satisfied notApplicable satisfied|INT-01 satisfied
        INT-02 satisfied|INT-03 satisfied|INT-04 notApplicable
        INT-05 satisfied|INT-06 satisfied|INT-07 satisfied
        INT-08 satisfied|INT-09 satisfied|INT-10 satisfied
        INT-11 satisfied|INT-12 satisfied|INTEGRITY-01 satisfied
        INTEGRITY-02 satisfied|INTEGRITY-03 satisfied|INTEGRITY-04 satisfied
        INTEGRITY-05 satisfied|KEX-01 notApplicable notApplicable notApplicable|KEX-02 satisfied notApplicable notApplicable
        KEX-03 satisfied notApplicable notApplicable|KEX-04 satisfied notApplicable notApplicable|KEYFILE-01 satisfied
        KEYFILE-02 notApplicable|KEYFILE-03 notApplicable|KEYFILE-04 notApplicable
        MAC-01 satisfied|MAL-01 satisfied|MAL-02 satisfied
        MAT-01 satisfied satisfied satisfied satisfied satisfied satisfied satisfied satisfied satisfied satisfied satisfied satisfied satisfied
        MAT-02 satisfied satisfied satisfied satisfied satisfied satisfied satisfied satisfied satisfied satisfied satisfied satisfied satisfied
        MAT-03 satisfied satisfied satisfied notApplicable satisfied satisfied satisfied satisfied satisfied satisfied satisfied satisfied satisfied
        MAT-04 satisfied satisfied satisfied notApplicable satisfied notApplicable notApplicable notApplicable notApplicable notApplicable notApplicable notApplicable notApplicable
        MAT-05 satisfied satisfied satisfied notApplicable satisfied satisfied notApplicable satisfied notApplicable notApplicable notApplicable notApplicable notApplicable
        MAT-06 satisfied satisfied notApplicable notApplicable notApplicable notApplicable notApplicable satisfied notApplicable notApplicable notApplicable satisfied notApplicable
        MY-01 notApplicable|MY-02 notApplicable|MY-03 notApplicable
        MY-04 notApplicable|MY-05 notApplicable|MY-06 notApplicable
        MY-07 notApplicable|MY-08 notApplicable|MY-09 notApplicable
        MY-10 notApplicable|NGX-01 notApplicable|NGX-02 notApplicable
        NGX-03 notApplicable|NGX-04 notApplicable|NGX-05 notApplicable
        NGX-06 notApplicable|NGX-07 notApplicable|NGX-08 notApplicable
        NGX-09 notApplicable|OFD-01 satisfied|OFD-02 notApplicable
        OFD-03 notApplicable|OFD-04 notApplicable|OFD-05 notApplicable
        OFD-06 notApplicable|OFD-07 satisfied|OFD-08 notApplicable
        OFD-09 satisfied|OFD-10 notApplicable
        PG-01 notApplicable|PG-02 notApplicable
        PG-03 notApplicable|PG-04 notApplicable|PG-05 notApplicable
        PG-06 notApplicable|PG-07 notApplicable|PG-08 notApplicable
        PG-09 notApplicable|PG-10 notApplicable|PG-11 notApplicable
        PWD-01 satisfied|PWD-02 satisfied|PWD-03 satisfied
        PWD-04 satisfied|PWD-05 satisfied|PWD-06 satisfied
        PWD-07 needsReview|RANDOM-01 satisfied|RANDOM-02 satisfied
        RANDOM-03 satisfied|RANDOM-04 notApplicable|RANDOM-05 needsReview
        RECSIG-01 satisfied|RECSIG-02 satisfied|RECSIG-03 satisfied
        RECSIG-04 satisfied|RECSIG-05 notApplicable|RECSIG-06 satisfied
        RECSIG-07 notApplicable|RED-01 notApplicable|RED-02 notApplicable
        RED-03 notApplicable|RED-04 notApplicable|RED-05 notApplicable
        RED-06 notApplicable|RED-07 notApplicable|REV-01 satisfied notApplicable notApplicable
        REV-02 satisfied notApplicable satisfied|REV-03 notApplicable notApplicable notApplicable|SMC-01 partial notApplicable satisfied
        SMC-02 notApplicable notApplicable notApplicable|SMC-03 satisfied notApplicable satisfied|SMC-04 satisfied notApplicable satisfied
        SSH-01 satisfied|SSH-02 satisfied|SSH-03 satisfied
        SSH-04 satisfied|SSH-05 satisfied|SSH-06 satisfied
        SSH-07 satisfied|SSH-08 satisfied|SSH-09 satisfied
        SSH-10 satisfied|SSH-11 satisfied|SSH-12 satisfied
        SSH-13 satisfied|SSH-14 satisfied|SSH-15 satisfied
        SSH-16 satisfied|SSH-17 satisfied|STARTTLS-01 notApplicable notApplicable notApplicable
        STARTTLS-02 notApplicable notApplicable notApplicable|STARTTLS-03 notApplicable notApplicable notApplicable|STARTTLS-04 notApplicable notApplicable notApplicable
        STARTTLS-05 notApplicable notApplicable notApplicable|STARTTLS-06 notApplicable notApplicable notApplicable|SUITE-01 satisfied notApplicable satisfied
        SUITE-02 satisfied notApplicable satisfied|SUITE-03 satisfied notApplicable satisfied|SUITE-04 satisfied notApplicable satisfied
        SUITE-05 satisfied notApplicable notApplicable|SUITE-06 satisfied notApplicable satisfied|SUITE-07 satisfied notApplicable satisfied
        SUITE-08 satisfied notApplicable satisfied|TLCP-01 notApplicable notApplicable satisfied|TLCP-02 notApplicable notApplicable satisfied
        TLCP-03 notApplicable notApplicable satisfied|TLCP-04 notApplicable notApplicable satisfied|TLCP-05 notApplicable notApplicable satisfied
        TLCP-06 notApplicable notApplicable satisfied|TLCP-07 notApplicable notApplicable satisfied|TLCP-08 notApplicable notApplicable satisfied
        TLCP-09 notApplicable notApplicable satisfied|TLCP-10 notApplicable notApplicable satisfied|TLCP-11 notApplicable notApplicable satisfied
        TLCP-12 notApplicable notApplicable satisfied|TLCP-13 notApplicable notApplicable satisfied|TLS-01 satisfied notApplicable satisfied
        TLS-02 satisfied notApplicable satisfied|TLS-03 notSatisfied notApplicable satisfied|TLS-04 satisfied notApplicable satisfied
        TLS13-01 satisfied notApplicable notApplicable|TLS13-02 satisfied notApplicable notApplicable|TOM-01 notApplicable
        TOM-02 notApplicable|TOM-03 notApplicable|TOM-04 notApplicable
        TOM-05 notApplicable|TOM-06 notApplicable|TOM-07 notApplicable
        TOM-08 notApplicable|TOM-09 notApplicable|TOM-10 notApplicable
        TRU-01 needsReview
        """;
}
