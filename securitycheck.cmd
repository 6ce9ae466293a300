@echo off
rem Windows entry: builds what is not built, then runs the tool.
setlocal
set "ROOT=%~dp0"
set "CLI=%ROOT%artifacts\cli\securitycheck.dll"
if not exist "%CLI%" (
  where dotnet >nul 2>nul || (echo .NET 10 SDK not found. & exit /b 3)
  echo Building, about a minute the first time ... 1>&2
  dotnet publish "%ROOT%src\Cli" -c Release --artifacts-path "%ROOT%artifacts\build" -o "%ROOT%artifacts\cli" -v minimal --nologo -p:ForThisMachine=true -p:RunAnalyzers=false -p:GenerateDocumentationFile=false > "%ROOT%artifacts-build.log" 2>&1
  if errorlevel 1 (type "%ROOT%artifacts-build.log" & exit /b 4)
  del "%ROOT%artifacts-build.log"
)
dotnet "%CLI%" %*
exit /b %ERRORLEVEL%
