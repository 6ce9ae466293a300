using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What happens at a step, and what is to be known of it without reading the sentence.</summary>
/// <param name="Text">For people.</param>
/// <param name="Doubt">Why the way may be none.</param>
/// <param name="Name">Of the parameter a value enters by, or of the call it comes into; null where neither.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StepWords(string Text, StepDoubt Doubt = StepDoubt.None, string? Name = null)
{
    private const string LeftOut = "（中间若干步略）";

    public static implicit operator StepWords(string text) => new(text);

    /// <summary>In place of a step that is left out; what was doubtful there stays so.</summary>
    public StepWords Behind(StepWords left) =>
        new(Text.StartsWith(LeftOut, StringComparison.Ordinal) ? Text : LeftOut + Text, Doubt | left.Doubt, Name);
}

/// <summary>Why a way that was followed may not be one.</summary>
[Flags]
internal enum StepDoubt : uint
{
    None = 0,

    /// <summary>Through a library nobody knows.</summary>
    UnknownLibrary = 1,

    /// <summary>Newer versions of the library do not have it, and which one is used is not known.</summary>
    UnknownVersion = 2,

    /// <summary>Something rewrites the value on its way.</summary>
    Rewritten = 4,

    /// <summary>It hangs on how names of views are resolved.</summary>
    OnResolution = 8,

    /// <summary>Only who was given a right calls.</summary>
    Permitted = 16,

    /// <summary>It may stand in the text of an exception, or not.</summary>
    InException = 32,

    /// <summary>Nobody calls the method it begins in.</summary>
    Uncalled = 64,

    /// <summary>One segment of an address, in which a container lets through little that files are found by: no doubt but where the tables say so.</summary>
    Segment = 128,

    /// <summary>The address of a request: no doubt but where the tables say so.</summary>
    Address = 256,

    /// <summary>One line, which holds no line end: no doubt but where the tables say so.</summary>
    OneLine = 512,

    /// <summary>Decoded once more, or lines put together again: what was true of it before need not be so.</summary>
    Relined = 1024,

    /// <summary>A cookie: no doubt but where the tables say so.</summary>
    Cookie = 2048,

    /// <summary>The name of an upload: as above.</summary>
    UploadName = 4096,

    /// <summary>The code asked before whether the caller may.</summary>
    Asked = 8192,

    /// <summary>Another program calls it, and that is in the tree: what comes from strangers comes by what it hands over.</summary>
    OwnCallers = 1 << 16,

    /// <summary>Through an object of a class of which nobody makes one.</summary>
    Unmade = 1 << 17,

    /// <summary>Only where developers run the program.</summary>
    ForDevelopers = 1 << 18,
}
