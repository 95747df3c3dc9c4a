; The check's installer: what Tauri's bundler makes on Windows, made by Debian's makensis to be tried under wine. Releases carry Tauri's.
;   makensis -DPROGRAMS=folder -DVERSION=0.1.0 -DOUT=Banyan-setup.exe packaging/windows/banyan.nsi
; A stub of 64 bits, as the program is: wine alone runs no others.
Target amd64-unicode
!include "MUI2.nsh"
!define MUI_ABORTWARNING
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Banyan"
!define DATA "$APPDATA\shop.banyan.desktop"

Name "Banyan"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Banyan"
RequestExecutionLevel user
ManifestDPIAware true
SetCompressor /SOLID zlib

!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "English"

LangString KEEP ${LANG_SIMPCHINESE} "是否保留本店的账本？$\r$\n$\r$\n选“是”，账本留在 ${DATA}，以后重装即可继续使用。选“否”，账本和备份将被永久删除。"
LangString KEEP ${LANG_ENGLISH} "Keep the shop's books?$\r$\n$\r$\nYes leaves them in ${DATA} for a later installation. No deletes the books and their copies for ever."

Section "Banyan"
  SetOutPath "$INSTDIR"
  File "${PROGRAMS}\banyan-window.exe"
  File "${PROGRAMS}\banyan.exe"
  File /nonfatal "${PROGRAMS}\WebView2Loader.dll"
  CreateShortcut "$SMPROGRAMS\Banyan.lnk" "$INSTDIR\banyan-window.exe"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "${KEY}" "DisplayName" "Banyan"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
SectionEnd

Section "Uninstall"
  Delete "$INSTDIR\banyan-window.exe"
  Delete "$INSTDIR\banyan.exe"
  Delete "$INSTDIR\WebView2Loader.dll"
  Delete "$INSTDIR\uninstall.exe"
  Delete "$SMPROGRAMS\Banyan.lnk"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${KEY}"
  ; Nothing of the shop goes without a person who says so; without one (/S) it stays.
  IfFileExists "${DATA}\*.*" 0 done
  MessageBox MB_YESNO|MB_ICONQUESTION "$(KEEP)" /SD IDYES IDYES done
  RMDir /r "${DATA}"
  done:
SectionEnd
