namespace SmartCity.SecurityCheck.Model;

/// <summary>What around a flow makes it less sure, by the tables.</summary>
public enum FlowCircumstance
{
    /// <summary>All it begins with are cookies, which only the browser of the one who sees the answer sends.</summary>
    Cookies,

    /// <summary>Servers of today refuse what does harm; no server of the tree's own is seen.</summary>
    Servers,

    /// <summary>Every log of the tree takes ends of lines out, or writes records.</summary>
    CutLines,

    /// <summary>The level it is written at is nowhere switched on in the tree.</summary>
    QuietLevels,

    /// <summary>What takes in uploads in the tree cuts folders off their names.</summary>
    CutNames,

    /// <summary>It is in a page outside of what is served, in a tree without an engine for such pages.</summary>
    IdlePages,

    /// <summary>The program makes the name, and no setting or code of the tree serves files of the disk.</summary>
    Unserved,

    /// <summary>Only where a switch is on that nothing in the tree switches on.</summary>
    Switched,
}

/// <summary>What is special of a kind of input.</summary>
public enum InputForm
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A cookie.</summary>
    Cookie,

    /// <summary>The name of an upload as Spring hands it over.</summary>
    UploadName,
}
